package dev.colorstream.colorizer.image;

import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory with a few zeros behind it, for readers that look ahead of what they decode. A reader that takes those to be
 * part of the picture is told so: else it would go on at the end of a file, once for each pixel that is missing.
 */
final class PaddedInputStream extends ImageInputStreamImpl {
    private static final int PADDING = 64;

    private final byte[] bytes;

    PaddedInputStream(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        int at = next();
        streamPos++;
        return at < bytes.length ? bytes[at] & 0xff : 0;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        bitOffset = 0;
        if (count == 0) {
            return 0;
        }
        int at = next();
        int read = Math.min(count, bytes.length + PADDING - at);
        int ofFile = Math.min(read, Math.max(0, bytes.length - at));
        System.arraycopy(bytes, Math.min(at, bytes.length), into, from, ofFile);
        Arrays.fill(into, from + ofFile, from + read, (byte) 0);
        streamPos += read;
        return read;
    }

    private int next() throws IOException {
        if (streamPos >= bytes.length + PADDING) {
            throw new IOException("the file ends within its picture");
        }
        return (int) streamPos;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
