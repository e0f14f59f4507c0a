package dev.colorstream.colorizer.image;

/** A file format that color photos are written in. */
public enum OutputFormat {
    /** Lossy, 8 bits, no alpha: alpha is laid on white, 16 bits are rounded to 8. */
    JPEG("image/jpeg", "jpg"),
    /** Lossless, 8 or 16 bits, with alpha. */
    PNG("image/png", "png"),
    /** Lossless, 8 or 16 bits, with alpha; deflated. */
    TIFF("image/tiff", "tif");

    private final String contentType;
    private final String extension;

    OutputFormat(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    /** The format of a photo's color twin where nothing else is asked for: its own where that is written, else PNG. */
    public static OutputFormat of(Photo photo) {
        return switch (photo.format()) {
            case JPEG -> JPEG;
            case TIFF -> TIFF;
            case PNG, GIF, BMP, WEBP -> PNG;
        };
    }

    /** The media type. */
    public String contentType() {
        return contentType;
    }

    /** The usual ending of a file's name, without the dot. */
    public String extension() {
        return extension;
    }
}
