package dev.colorstream.colorizer.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The chunks of a WebP file (RFC 9649), walked without decoding. */
final class RiffChunks {
    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FLAGS = 20;
    private static final int PROFILE_FLAG = 0x20;
    private static final byte[] EXIF_MARK = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private RiffChunks() {}

    static ColorTags colorTags(byte[] bytes) {
        return ColorTags.ofProfile(chunk(bytes, "ICCP"));
    }

    static Optional<byte[]> exif(byte[] bytes) {
        // Some writers put the mark of JPEG files before it.
        return chunk(bytes, "EXIF")
                .map(exif -> exif.length > EXIF_MARK.length
                                && Arrays.equals(exif, 0, EXIF_MARK.length, EXIF_MARK, 0, EXIF_MARK.length)
                        ? Arrays.copyOfRange(exif, EXIF_MARK.length, exif.length)
                        : exif);
    }

    /** The file for a reader that shall not look at its color profile. */
    static byte[] withoutProfile(byte[] bytes) {
        if (bytes.length <= FLAGS || !type(bytes, HEADER).equals("VP8X") || (bytes[FLAGS] & PROFILE_FLAG) == 0) {
            return bytes;
        }
        byte[] without = bytes.clone();
        without[FLAGS] &= ~PROFILE_FLAG;
        return without;
    }

    /** What is missing of the file, or nothing. */
    static Optional<String> damage(byte[] bytes) {
        long promised = CHUNK_HEADER + (length(bytes, 0) & 0xffffffffL);
        return promised > bytes.length
                ? Optional.of("the file is cut off: " + bytes.length + " of " + promised + " bytes")
                : Optional.empty();
    }

    private static Optional<byte[]> chunk(byte[] bytes, String wanted) {
        long position = HEADER;
        while (position + CHUNK_HEADER <= bytes.length) {
            int start = (int) position + CHUNK_HEADER;
            long length = length(bytes, (int) position) & 0xffffffffL;
            if (length > bytes.length - start) {
                break;
            }
            if (type(bytes, (int) position).equals(wanted)) {
                return Optional.of(Arrays.copyOfRange(bytes, start, start + (int) length));
            }
            position = start + length + (length & 1);
        }
        return Optional.empty();
    }

    private static String type(byte[] bytes, int position) {
        return new String(bytes, position, 4, StandardCharsets.ISO_8859_1);
    }

    private static int length(byte[] bytes, int position) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(position + 4);
    }
}
