package dev.colorstream.contract.request;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The key of a color photo in the bucket {@code colorized}: {@code <job, or single>/<request>/<name>.<extension>}.
 *
 * <p>It follows from the request alone, so that a repeat overwrites its own object and no other. Each of its parts is a
 * harmless file name: stores on file systems and downloads may use them as they are.
 */
public final class ColorKey {
    /** Stands in for the job of a request that has none; starts as no job id does. */
    private static final String NO_JOB = "_single";

    /** File systems take names of 255 bytes; stores put marks of their own beside them. */
    private static final int MAX_NAME_BYTES = 150;

    private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private ColorKey() {}

    /** The key of the color photo that the request shall get, in that format. */
    public static String of(ColorizeRequest request, OutputFormat format) {
        return of(request.job(), request.id(), request.source().key(), format);
    }

    /**
     * The key of a color photo.
     *
     * @param name the gray photo's key or file name; what follows the last slash is kept where it is harmless, its
     *     extension gives way to the format's
     */
    public static String of(Optional<JobId> job, RequestId request, String name, OutputFormat format) {
        return folder(job) + "/" + idPart(request.value()) + "/" + namePart(name) + "." + format.extension();
    }

    private static String folder(Optional<JobId> job) {
        return job.map(JobId::value).orElse(NO_JOB);
    }

    private static String idPart(String id) {
        // The underscore keeps a hash apart from an id that looks like one.
        return SAFE_ID.matcher(id).matches() ? id : "_" + Hashes.shortHash(id);
    }

    private static String namePart(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        String base = dot > 0 ? file.substring(0, dot) : file;
        StringBuilder kept = new StringBuilder();
        int bytes = 0;
        for (int c : base.codePoints().toArray()) {
            int size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (bytes + size > MAX_NAME_BYTES) {
                break;
            }
            boolean harmless = Character.isLetterOrDigit(c) || c == '-' || c == '_' || (c == '.' && !kept.isEmpty());
            kept.appendCodePoint(harmless ? c : '_');
            bytes += harmless ? size : 1;
        }
        return kept.isEmpty() ? "photo" : kept.toString();
    }
}
