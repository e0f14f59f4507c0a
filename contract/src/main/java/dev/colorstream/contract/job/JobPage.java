package dev.colorstream.contract.job;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import java.time.Instant;
import java.util.List;

/**
 * A part of the list of a job's photos. Big jobs have several pages; the last one seals the list.
 *
 * <p>A page is written once the requests of its photos are: what a page lists was asked for. An upload that is resumed
 * appends pages behind those that are there; a photo that is listed again under its name takes the place of the earlier one.
 * Pages of an upload that started earlier than another one of the same job count no longer.
 *
 * @param number of the page, from 0 on
 * @param last whether no page follows, as far as its upload knew
 * @param photos at most {@link #MAX_PHOTOS}
 * @param uploadStartedAt when the job was opened, which tells one job from another of the same name
 */
public record JobPage(JobId job, int number, boolean last, List<JobPhoto> photos, Instant uploadStartedAt)
        implements JobRecord {
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
