package dev.colorstream.colorizer.image;

import dev.colorstream.colorizer.image.PhotoNotes.Resolution;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The header of a BMP file, read without decoding. */
final class BmpHeader {
    private static final int CORE_HEADER = 12;
    private static final int INFO_HEADER = 40;
    private static final int INFO_END = 14 + INFO_HEADER;
    private static final int CORE_END = 14 + CORE_HEADER;
    private static final int MOST_COLORS = 256;

    private BmpHeader() {}

    /** Width and height, or nothing where the header is not whole; a picture stored from the top has a height, too. */
    static Optional<long[]> size(byte[] bytes) {
        if (bytes.length < CORE_END) {
            return Optional.empty();
        }
        ByteBuffer file = view(bytes);
        if (file.getInt(14) == CORE_HEADER) {
            return Optional.of(new long[] {file.getShort(18) & 0xffff, file.getShort(20) & 0xffff});
        }
        return bytes.length < INFO_END
                ? Optional.empty()
                : Optional.of(new long[] {file.getInt(18), Math.abs((long) file.getInt(22))});
    }

    /** What would make a reader take more memory than the picture's size says, or nothing. */
    static Optional<String> lie(byte[] bytes) {
        ByteBuffer file = view(bytes);
        if (file.getInt(14) < INFO_HEADER) {
            return Optional.empty();
        }
        long pixels = Integer.toUnsignedLong(file.getInt(34));
        long colors = Integer.toUnsignedLong(file.getInt(46));
        if (pixels > bytes.length) {
            return Optional.of(pixels + " bytes of pixels in a file of " + bytes.length);
        }
        return colors > MOST_COLORS ? Optional.of("a palette of " + colors + " colors") : Optional.empty();
    }

    static Optional<Resolution> resolution(byte[] bytes) {
        ByteBuffer file = view(bytes);
        return bytes.length < INFO_END || file.getInt(14) < INFO_HEADER
                ? Optional.empty()
                : FileMetadata.perMeter(file.getInt(38), file.getInt(42));
    }

    private static ByteBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
