package dev.colorstream.producertools.upload;

import dev.colorstream.contract.JobId;
import dev.colorstream.producertools.upload.UploadReport.Refused;
import java.util.List;

/** How an upload ended. */
public sealed interface UploadOutcome {
    /** All that could be sent was sent, and the job is sealed. */
    record Uploaded(UploadReport report) implements UploadOutcome {}

    /** The job was cancelled, before or while it was uploaded. */
    record Cancelled(JobId job) implements UploadOutcome {}

    /** The job was begun with other options; nothing was sent. */
    record OtherOptions(JobId job) implements UploadOutcome {}

    /** Another upload of the same job goes on at the same time; this one gave way. */
    record Overtaken(JobId job) implements UploadOutcome {}

    /** There is nothing to send; the job was not begun. */
    record NothingFound(List<Refused> refused, int skipped) implements UploadOutcome {
        public NothingFound {
            refused = List.copyOf(refused);
        }
    }
}
