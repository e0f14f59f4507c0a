package dev.colorstream.contract.job;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import java.time.Instant;
import java.util.List;

/**
 * A part of the list of a job's photos. Big jobs have several pages; the last one seals the list.
 *
 * <p>A repeat of the upload writes the same pages again, and the newest of each number holds. Pages behind the one that is
 * the last belong to an earlier, longer upload and do not count.
 *
 * @param number of the page, from 0 on
 * @param last whether no page follows
 * @param photos at most {@link #MAX_PHOTOS}
 * @param writtenAt when the page was full
 */
public record JobPage(JobId job, int number, boolean last, List<JobPhoto> photos, Instant writtenAt) {
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
