package dev.colorstream.contract.job;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import java.time.Instant;
import java.util.List;

/**
 * A part of the list of a job's photos. Big jobs have several pages; the last one seals the list.
 *
 * <p>An upload first writes an empty page 0 that is not the last, so that its job is known from the start. A repeated upload
 * writes its own pages under the same keys; only pages of the newest upload count.
 *
 * @param number of the page, from 0 on
 * @param last whether no page follows
 * @param photos at most {@link #MAX_PHOTOS}
 * @param uploadStartedAt tells one upload of the job from another
 */
public record JobPage(JobId job, int number, boolean last, List<JobPhoto> photos, Instant uploadStartedAt) {
    /** Keeps a page of the longest names below the megabyte that brokers take. */
    public static final int MAX_PHOTOS = 500;

    public JobPage {
        photos = List.copyOf(photos);
        if (number < 0) {
            throw new IllegalArgumentException("pages count from 0, this one is " + number);
        }
        if (photos.size() > MAX_PHOTOS) {
            throw new IllegalArgumentException(
                    "a page has at most " + MAX_PHOTOS + " photos, this one has " + photos.size());
        }
    }

    /**
     * A photo of the job.
     *
     * @param request its request
     * @param name its path below the folder or archive that was uploaded, parted by slashes
     */
    public record JobPhoto(RequestId request, String name) {}
}
