package dev.colorstream.contract.job;

import dev.colorstream.contract.JobId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * How a job stands as a whole; the newest state of a job holds.
 *
 * @param phase open while its upload goes on, then sealed, or cancelled
 * @param photos how many photos it has: of a sealed job all, else those that its pages listed when this was written
 * @param refused how many photos the upload found and could not take
 * @param options a fingerprint of the options that all its requests carry
 * @param openedAt when the job began; a resumed upload keeps it
 * @param resultsFrom the offset in each partition of the results topic before which no result of the job lies; a partition
 *     that is not named here is newer than the job
 */
public record JobState(
        JobId job,
        Phase phase,
        long photos,
        long refused,
        String options,
        Instant openedAt,
        Map<Integer, Long> resultsFrom)
        implements JobRecord {
    public JobState {
        resultsFrom = Map.copyOf(resultsFrom);
        if (photos < 0 || refused < 0) {
            throw new IllegalArgumentException(
                    "a job has at least 0 photos, this one " + photos + ", and " + refused + " refused");
        }
    }

    /** The job as it stands from now on, all else being equal. */
    public JobState with(Phase nextPhase, long nextPhotos, long nextRefused) {
        return new JobState(job, nextPhase, nextPhotos, nextRefused, options, openedAt, resultsFrom);
    }

    /** Where a job is in its life. */
    public enum Phase {
        /** Photos may be added. */
        OPEN("open"),
        /** All photos are listed. */
        SEALED("sealed"),
        /** Nobody waits for it any more, and nothing is added. */
        CANCELLED("cancelled");

        private final String wireName;

        Phase(String wireName) {
            this.wireName = wireName;
        }

        /** The phase's name in records. */
        public String wireName() {
            return wireName;
        }

        /** The phase of that name, if there is one. */
        public static Optional<Phase> ofWireName(String name) {
            return Arrays.stream(values())
                    .filter(phase -> phase.wireName.equals(name))
                    .findFirst();
        }
    }
}
