package dev.colorstream.producertools.upload;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import java.util.List;

/**
 * What came of an upload.
 *
 * @param job its job
 * @param photos that were stored and asked for, in the order they were found
 * @param refused what should have been uploaded and could not be
 * @param skipped how many files were no photos
 */
public record UploadReport(JobId job, List<JobPhoto> photos, List<Refused> refused, int skipped) {
    public UploadReport {
        photos = List.copyOf(photos);
        refused = List.copyOf(refused);
    }

    /** Something that could not be uploaded, and why. */
    public record Refused(String name, String reason) {}
}
