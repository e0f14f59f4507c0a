package dev.colorstream.contract.model;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.PlainText;
import java.time.Instant;

/** What a worker made of a version; its newest status of the version holds. */
public sealed interface ModelStatus {
    /** The worker that tells it, by the name that it also puts into results. */
    String worker();

    ModelVersionId version();

    /** Since when it is so. */
    Instant since();

    /** The worker colors photos with it. */
    record Serving(String worker, ModelVersionId version, Instant since) implements ModelStatus {}

    /** The worker has closed it, or never will open it: nothing asks for it any more. */
    record Retired(String worker, ModelVersionId version, Instant since) implements ModelStatus {}

    /**
     * The worker does not serve it, and serves on with what it had.
     *
     * @param detail what is wrong and the mend, one line of at most 1,000 characters
     */
    record Refused(String worker, ModelVersionId version, RefusalReason reason, String detail, Instant since)
            implements ModelStatus {
        private static final int MAX_DETAIL = 1000;

        public Refused {
            detail = PlainText.clean(detail, MAX_DETAIL);
        }
    }
}
