package dev.colorstream.contract.request;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The file format of a color photo. */
public enum OutputFormat {
    JPEG("jpeg", "jpg", "image/jpeg"),
    PNG("png", "png", "image/png"),
    TIFF("tiff", "tif", "image/tiff");

    private final String wireName;
    private final String extension;
    private final String contentType;

    OutputFormat(String wireName, String extension, String contentType) {
        this.wireName = wireName;
        this.extension = extension;
        this.contentType = contentType;
    }

    /** The format's name in requests. */
    public String wireName() {
        return wireName;
    }

    /** The ending of file names, without the dot. */
    public String extension() {
        return extension;
    }

    /** The media type. */
    public String contentType() {
        return contentType;
    }

    /** The format of that name, which may also be its extension. */
    public static Optional<OutputFormat> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(f -> f.wireName.equals(name) || f.extension.equals(name))
                .findFirst();
    }

    /**
     * The format of that name, which may also be its extension.
     *
     * @throws IllegalArgumentException for a name that is none
     */
    public static OutputFormat parse(String name) {
        return ofWireName(name)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no output format: write "
                        + Arrays.stream(values()).map(OutputFormat::wireName).collect(Collectors.joining(" or "))));
    }
}
