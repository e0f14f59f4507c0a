package dev.colorstream.colorizer.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A file format that photos are read from, known by its content, never by a file's name. */
public enum PhotoFormat {
    JPEG,
    PNG,
    GIF,
    BMP,
    TIFF,
    WEBP;

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int BMP_FILE_HEADER = 14;
    private static final Set<Integer> BMP_INFO_HEADERS = Set.of(12, 16, 40, 52, 56, 64, 108, 124);

    /** The format of a file's bytes, or nothing where they are none of these. */
    public static Optional<PhotoFormat> of(byte[] bytes) {
        if (startsWith(bytes, 0, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff})) {
            return Optional.of(JPEG);
        }
        if (startsWith(bytes, 0, PNG_SIGNATURE)) {
            return Optional.of(PNG);
        }
        if (startsWith(bytes, 0, "GIF87a") || startsWith(bytes, 0, "GIF89a")) {
            return Optional.of(GIF);
        }
        // Two letters alone would take a text that begins with them for a photo.
        if (startsWith(bytes, 0, "BM")
                && bytes.length > BMP_FILE_HEADER
                && BMP_INFO_HEADERS.contains((int) bytes[BMP_FILE_HEADER])) {
            return Optional.of(BMP);
        }
        boolean isTiff = startsWith(bytes, 0, "II*\0") || startsWith(bytes, 0, "MM\0*");
        boolean isBigTiff = startsWith(bytes, 0, "II+\0") || startsWith(bytes, 0, "MM\0+");
        if (isTiff || isBigTiff) {
            return Optional.of(TIFF);
        }
        if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBPVP8")) {
            return Optional.of(WEBP);
        }
        return Optional.empty();
    }

    /** The name of a photo format that is known but not read, or nothing. */
    static Optional<String> unreadable(byte[] bytes) {
        if (startsWith(bytes, 4, "ftyp")) {
            for (String brand : new String[] {"heic", "heix", "mif1", "msf1"}) {
                if (startsWith(bytes, 8, brand)) {
                    return Optional.of("HEIF");
                }
            }
            if (startsWith(bytes, 8, "avif") || startsWith(bytes, 8, "avis")) {
                return Optional.of("AVIF");
            }
        }
        if (startsWith(bytes, 4, "jP  \r\n")) {
            return Optional.of("JPEG 2000");
        }
        if (startsWith(bytes, 4, "JXL \r\n") || startsWith(bytes, 0, new byte[] {(byte) 0xff, 0x0a})) {
            return Optional.of("JPEG XL");
        }
        if (startsWith(bytes, 0, "8BPS\0")) {
            return Optional.of("Photoshop");
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int offset, String ascii) {
        return startsWith(bytes, offset, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean startsWith(byte[] bytes, int offset, byte[] start) {
        return bytes.length >= offset + start.length
                && Arrays.equals(bytes, offset, offset + start.length, start, 0, start.length);
    }
}
