package dev.colorstream.producertools.upload;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.producertools.photos.PhotoSource;
import dev.colorstream.producertools.photos.SourceListing;
import java.io.IOException;
import java.util.List;

/** The name of a job that nobody named: a digest of what is uploaded and how, so that the same upload has the same name. */
public final class JobName {
    private static final int READABLE = 40;
    private static final int DIGITS = 12;

    private JobName() {}

    /**
     * The name that follows from the files' names, sizes and times of change, and from the options.
     *
     * @param sources without standard input
     */
    public static JobId of(List<PhotoSource> sources, RequestOptions options) throws IOException {
        SourceListing listing = SourceListing.of(sources);
        String digest = Hashes.shortHash(listing.digest(), options.toString()).substring(0, DIGITS);
        String readable = listing.title().replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        String title = readable.substring(0, Math.min(READABLE, readable.length()));
        return new JobId((title.isEmpty() ? "upload" : title) + "-" + digest);
    }
}
