package dev.colorstream.producertools.photos;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A file format of photos, told by a file's ending or its first bytes. Which of them a worker reads is the worker's matter. */
public enum PhotoKind {
    JPEG("image/jpeg", " jpg jpeg jpe jfif ", 0, "FFD8FF"),
    PNG("image/png", " png ", 0, "89504E470D0A1A0A"),
    GIF("image/gif", " gif ", 0, "47494638"),
    TIFF_LITTLE_ENDIAN("image/tiff", " tif tiff ", 0, "49492A00"),
    TIFF_BIG_ENDIAN("image/tiff", " tif tiff ", 0, "4D4D002A"),
    WEBP("image/webp", " webp ", 8, "57454250"),
    HEIC("image/heic", " heic heif ", 4, "6674797068656963"),
    AVIF("image/avif", " avif ", 4, "6674797061766966"),
    JPEG_2000("image/jp2", " jp2 ", 4, "6A5020200D0A870A"),
    /** Its two letters alone sign too many texts: four reserved zeros follow behind the file's size. */
    BMP("image/bmp", " bmp dib ", 0, "424D........00000000"),
    PORTABLE_GRAYMAP("image/x-portable-graymap", " pgm ", 0, "50350A"),
    PORTABLE_PIXMAP("image/x-portable-pixmap", " ppm pnm ", 0, "50360A");

    /** How many first bytes tell the format. */
    static final int HEAD_BYTES = 16;

    private final String contentType;
    private final String extensions;
    private final int offset;
    private final String signature;

    /**
     * @param extensions each between blanks
     * @param offset where the signature stands, in bytes
     * @param signature hexadecimal digits, a dot for any one
     */
    PhotoKind(String contentType, String extensions, int offset, String signature) {
        this.contentType = contentType;
        this.extensions = extensions;
        this.offset = offset;
        this.signature = signature;
    }

    /** The media type. */
    public String contentType() {
        return contentType;
    }

    /** The kind that the name's ending calls, whatever the bytes are. */
    public static Optional<PhotoKind> ofName(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.extensions.contains(" " + extension + " "))
                .findFirst();
    }

    /** The kind that the first bytes tell. */
    public static Optional<PhotoKind> ofHead(byte[] content) {
        byte[] head = Arrays.copyOf(content, Math.min(content.length, HEAD_BYTES));
        String digits = HexFormat.of().withUpperCase().formatHex(head);
        return Arrays.stream(values()).filter(kind -> kind.signs(digits)).findFirst();
    }

    private boolean signs(String digits) {
        int from = 2 * offset;
        int to = from + signature.length();
        return digits.length() >= to && digits.substring(from, to).matches(signature);
    }
}
