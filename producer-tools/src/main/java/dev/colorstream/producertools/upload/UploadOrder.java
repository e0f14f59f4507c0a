package dev.colorstream.producertools.upload;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.producertools.photos.PhotoSource;
import java.util.List;

/**
 * What shall be uploaded, and how it shall be colored.
 *
 * @param job its name; the same order under the same name continues where an earlier one stopped
 * @param sources where the photos are
 * @param options for each of them
 * @param express whether they shall not wait behind bulk jobs; at most {@link #MAX_EXPRESS} photos
 */
public record UploadOrder(JobId job, List<PhotoSource> sources, RequestOptions options, boolean express) {
    /** More photos than these are a bulk job. */
    public static final int MAX_EXPRESS = 16;

    public UploadOrder {
        sources = List.copyOf(sources);
    }

    /** An order whose photos take their turn. */
    public static UploadOrder of(JobId job, List<PhotoSource> sources, RequestOptions options) {
        return new UploadOrder(job, sources, options, false);
    }

    /** Differs where the options do. */
    String optionsFingerprint() {
        return Hashes.shortHash(options.toString());
    }
}
