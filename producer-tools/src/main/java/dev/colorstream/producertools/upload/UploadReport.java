package dev.colorstream.producertools.upload;

import dev.colorstream.contract.JobId;
import java.util.List;

/**
 * What came of an upload.
 *
 * @param job its job
 * @param sent how many photos were asked for now
 * @param sentBefore how many had been asked for by an earlier upload of the same job
 * @param storedBefore how many of the ones sent were found in the store, where an interrupted upload had put them
 * @param bytes of the photos that were sent now
 * @param refused what should have been uploaded and could not be
 * @param skipped how many files were no photos
 */
public record UploadReport(
        JobId job, int sent, int sentBefore, int storedBefore, long bytes, List<Refused> refused, int skipped) {
    public UploadReport {
        refused = List.copyOf(refused);
    }

    /** Something that could not be uploaded, and why. */
    public record Refused(String name, String reason) {}
}
