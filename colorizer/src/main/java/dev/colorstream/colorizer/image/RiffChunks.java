package dev.colorstream.colorizer.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The chunks of a WebP file (RFC 9649), walked without decoding. */
final class RiffChunks {
    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FLAGS = 20;
    private static final Set<String> PICTURES = Set.of("VP8 ", "VP8L", "ANMF");
    private static final int CANVAS = 24;
    private static final int FRAME_HEADER = 16;
    private static final int LOW_14_BITS = 0x3fff;

    /** Far above what an animation of any use has. */
    private static final int MOST_CHUNKS = 1 << 16;

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
        if (!isExtended(bytes) || (bytes[FLAGS] & PROFILE_FLAG) == 0) {
            return bytes;
        }
        byte[] without = bytes.clone();
        without[FLAGS] &= ~PROFILE_FLAG;
        return without;
    }

    /** What is missing of the file, or what would make a reader take more memory than the canvas says, or nothing. */
    static Optional<String> damage(byte[] bytes) {
        long promised = CHUNK_HEADER + (length(bytes, 0) & 0xffffffffL);
        return promised > bytes.length
                ? Optional.of("the file is cut off: " + bytes.length + " of " + promised + " bytes")
                : isExtended(bytes) ? damageOfExtended(bytes) : Optional.empty();
    }

    private static Optional<String> damageOfExtended(byte[] bytes) {
        boolean hasPicture =
                chunks(bytes, HEADER, bytes.length).stream().anyMatch(chunk -> PICTURES.contains(chunk.type()));
        return hasPicture ? lie(bytes, HEADER, bytes.length) : Optional.of("no picture");
    }

    private static Optional<String> lie(byte[] bytes, int from, int end) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int canvasWidth = 1 + (file.getInt(CANVAS) & 0xffffff);
        int canvasHeight = 1 + (file.getInt(CANVAS + 2) >>> 8);
        for (Chunk chunk : chunks(bytes, from, end)) {
            int start = chunk.start();
            int width = 0;
            int height = 0;
            if (chunk.type().equals("VP8 ") && chunk.length() >= 10) {
                width = file.getShort(start + 6) & LOW_14_BITS;
                height = file.getShort(start + 8) & LOW_14_BITS;
            } else if (chunk.type().equals("VP8L") && chunk.length() >= 5) {
                width = 1 + (file.getInt(start + 1) & LOW_14_BITS);
                height = 1 + (file.getInt(start + 1) >> 14 & LOW_14_BITS);
            } else if (chunk.type().equals("ANMF") && chunk.length() > FRAME_HEADER) {
                Optional<String> inFrame = lie(bytes, start + FRAME_HEADER, start + chunk.length());
                if (inFrame.isPresent()) {
                    return inFrame;
                }
            }
            if (width > canvasWidth || height > canvasHeight) {
                return Optional.of("a picture of " + width + " x " + height + " on a canvas of " + canvasWidth + " x "
                        + canvasHeight);
            }
        }
        return Optional.empty();
    }

    private static boolean isExtended(byte[] bytes) {
        return bytes.length >= CANVAS + 6 && type(bytes, HEADER).equals("VP8X");
    }

    private static Optional<byte[]> chunk(byte[] bytes, String wanted) {
        return chunks(bytes, HEADER, bytes.length).stream()
                .filter(chunk -> chunk.type().equals(wanted))
                .findFirst()
                .map(chunk -> Arrays.copyOfRange(bytes, chunk.start(), chunk.start() + chunk.length()));
    }

    /** @param start of its data */
    private record Chunk(String type, int start, int length) {}

    private static List<Chunk> chunks(byte[] bytes, int from, int end) {
        List<Chunk> chunks = new ArrayList<>();
        long position = from;
        while (position + CHUNK_HEADER <= end && chunks.size() < MOST_CHUNKS) {
            int start = (int) position + CHUNK_HEADER;
            long length = length(bytes, (int) position) & 0xffffffffL;
            if (length > end - start) {
                break;
            }
            chunks.add(new Chunk(type(bytes, (int) position), start, (int) length));
            position = start + length + (length & 1);
        }
        return chunks;
    }

    private static String type(byte[] bytes, int position) {
        return new String(bytes, position, 4, StandardCharsets.ISO_8859_1);
    }

    private static int length(byte[] bytes, int position) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(position + 4);
    }
}
