package dev.colorstream.producertools.photos;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Counts what comes out of one archive and refuses to go on when it is a bomb. */
final class UnpackGuard {
    private final UnpackLimits limits;
    private final LongSupplier packed;
    private long unpacked;

    /** @param packed how many bytes of the archive were read so far, or all that it has */
    UnpackGuard(UnpackLimits limits, LongSupplier packed) {
        this.limits = limits;
        this.packed = packed;
    }

    /** The stream, whose bytes are counted as they are read. */
    InputStream counted(InputStream stream) {
        return new FilterInputStream(stream) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                count(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                int read = super.read(buffer, from, length);
                count(Math.max(0, read));
                return read;
            }

            @Override
            public long skip(long bytes) throws IOException {
                long skipped = super.skip(bytes);
                count(skipped);
                return skipped;
            }
        };
    }

    /** How much was unpacked so far. */
    long unpackedBytes() {
        return unpacked;
    }

    /** Makes sure that no more was read than the limits allow. */
    void requireHarmless() throws CompressionBombException {
        if (unpacked > limits.totalBytes()) {
            throw new CompressionBombException("unpacks to more than " + limits.totalBytes() + " bytes");
        }
        if (unpacked > limits.freeBytes() && unpacked / limits.ratio() > Math.max(1, packed.getAsLong())) {
            throw new CompressionBombException("unpacks to more than " + limits.ratio() + " times its size");
        }
    }

    private void count(long bytes) throws CompressionBombException {
        unpacked += bytes;
        requireHarmless();
    }
}
