package dev.colorstream.producertools.upload;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.producertools.photos.PhotoFile;
import dev.colorstream.producertools.photos.PhotoKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A photo in memory, as it will be stored and asked for.
 *
 * @param listed its request and name; the request follows from job, name and content, so that a repeat is the same
 * @param content its bytes, not to be changed
 * @param sha256 of the bytes
 */
record GrayPhoto(JobPhoto listed, byte[] content, String sha256) {
    /** A photo with more bytes is refused. */
    static final int MAX_BYTES = 128 << 20;

    /**
     * Reads the photo.
     *
     * @throws IOException when it cannot be read or is too large, be it for the memory; the message goes behind its name
     */
    static GrayPhoto read(JobId job, PhotoFile file) throws IOException {
        if (file.size() > MAX_BYTES) {
            throw new IOException("has " + file.size() + " bytes, at most " + MAX_BYTES + " are uploaded");
        }
        byte[] content = content(file);
        if (content.length > MAX_BYTES) {
            throw new IOException("has more than " + MAX_BYTES + " bytes, which is the most that are uploaded");
        }
        String sha256 = Hashes.sha256Hex(content);
        RequestId request = RequestId.hashOf("upload", job.value(), file.name(), sha256);
        return new GrayPhoto(new JobPhoto(request, file.name()), content, sha256);
    }

    private static byte[] content(PhotoFile file) throws IOException {
        try {
            return file.size() > 0
                    ? content(file.content(), (int) file.size())
                    : file.content().readNBytes(MAX_BYTES + 1);
        } catch (OutOfMemoryError e) {
            // Other photos are smaller.
            throw new IOException("is too large for the memory of this program: make it smaller", e);
        }
    }

    /** Reads into an array of the size that is told: one that grows takes the memory of a large photo twice. */
    private static byte[] content(InputStream stream, int size) throws IOException {
        byte[] content = new byte[size];
        int length = stream.readNBytes(content, 0, size);
        byte[] more = stream.readNBytes(MAX_BYTES + 1 - length);
        if (length == size && more.length == 0) {
            return content;
        }
        byte[] whole = Arrays.copyOf(content, length + more.length);
        System.arraycopy(more, 0, whole, length, more.length);
        return whole;
    }

    /** The media type that its bytes tell, or else its name. */
    String contentType() {
        return PhotoKind.ofHead(content)
                .or(() -> PhotoKind.ofName(listed.name()))
                .map(PhotoKind::contentType)
                .orElse("application/octet-stream");
    }
}
