package dev.colorstream.contract.result;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.PlainText;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How a request ended. Where a request has several results, the newest holds. */
public sealed interface ColorizeResult {
    RequestId requestId();

    Optional<JobId> jobId();

    /** The worker that ended it. */
    String worker();

    /** Which delivery of the request ended it, from 1 on. */
    int attempt();

    /** Milliseconds spent in each stage that the request passed. */
    Map<Stage, Long> milliseconds();

    Instant completedAt();

    /**
     * The photo has its colors.
     *
     * @param source the gray photo
     * @param object the color photo
     * @param modelVersion the network that colored it
     * @param sourceTraits what was found in the gray photo's file; empty in results of workers that did not tell
     */
    record Colored(
            RequestId requestId,
            Optional<JobId> jobId,
            ObjectAddress source,
            ColorObject object,
            ModelVersionId modelVersion,
            Optional<SourceTraits> sourceTraits,
            String worker,
            int attempt,
            Map<Stage, Long> milliseconds,
            Instant completedAt)
            implements ColorizeResult {
        public Colored {
            requireAttempt(attempt);
            milliseconds = Map.copyOf(milliseconds);
        }

        /** A result that does not tell what was found in the gray photo's file. */
        public Colored(
                RequestId requestId,
                Optional<JobId> jobId,
                ObjectAddress source,
                ColorObject object,
                ModelVersionId modelVersion,
                String worker,
                int attempt,
                Map<Stage, Long> milliseconds,
                Instant completedAt) {
            this(
                    requestId,
                    jobId,
                    source,
                    object,
                    modelVersion,
                    Optional.empty(),
                    worker,
                    attempt,
                    milliseconds,
                    completedAt);
        }
    }

    /**
     * The photo has no colors, and will have none unless its request is replayed.
     *
     * @param source the gray photo; empty where the request could not be read, whose id is then what it names all the same, else
     *     {@link RequestId#ofRecord}
     * @param detail what is wrong and the mend, one line of at most 1,000 characters
     * @param stage where it failed
     */
    record Failed(
            RequestId requestId,
            Optional<JobId> jobId,
            Optional<ObjectAddress> source,
            FailureReason reason,
            String detail,
            Stage stage,
            String worker,
            int attempt,
            Map<Stage, Long> milliseconds,
            Instant completedAt)
            implements ColorizeResult {
        private static final int MAX_DETAIL = 1000;

        public Failed {
            requireAttempt(attempt);
            detail = PlainText.clean(detail, MAX_DETAIL);
            milliseconds = Map.copyOf(milliseconds);
        }
    }

    private static void requireAttempt(int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts count from 1, this one is " + attempt);
        }
    }
}
