package dev.colorstream.colorizer.image;

import dev.colorstream.colorizer.image.PhotoNotes.Resolution;
import java.io.IOException;
import java.util.Optional;

/**
 * What a file says beside its pixels, as far as it can be read: broken metadata do not make a photo unreadable.
 *
 * @param notes as of the picture as it is displayed
 */
record FileMetadata(Orientation orientation, PhotoNotes notes) {
    static final double INCHES_PER_METER = 1 / 0.0254;

    /** @throws IOException where a TIFF file has no page */
    static FileMetadata of(byte[] bytes, PhotoFormat format, int pictures) throws IOException {
        ExifTags tags = tags(bytes, format);
        PhotoNotes stored = new PhotoNotes(
                resolution(bytes, format).or(tags::resolution),
                tags.changed(),
                tags.taken(),
                tags.digitized(),
                pictures);
        Orientation orientation = tags.orientation();
        return new FileMetadata(orientation, orientation.swapsSides() ? stored.turned() : stored);
    }

    private static ExifTags tags(byte[] bytes, PhotoFormat format) throws IOException {
        return switch (format) {
            case JPEG -> tags(JpegMarkers.exif(bytes));
            case PNG -> tags(PngChunks.chunk(bytes, "eXIf"));
            case WEBP -> tags(RiffChunks.exif(bytes));
            // Readers of EXIF know no BigTIFF.
            case TIFF -> TiffPage.of(bytes).tags();
            case GIF, BMP -> ExifTags.NONE;
        };
    }

    private static ExifTags tags(Optional<byte[]> block) {
        return block.map(ExifTags::of).orElse(ExifTags.NONE);
    }

    /** What the format itself has a place for. */
    private static Optional<Resolution> resolution(byte[] bytes, PhotoFormat format) {
        return switch (format) {
            case JPEG -> JpegMarkers.resolution(bytes);
            case PNG -> PngChunks.resolution(bytes);
            case BMP -> BmpHeader.resolution(bytes);
            case TIFF, WEBP, GIF -> Optional.empty();
        };
    }

    static Optional<Resolution> perMeter(int horizontal, int vertical) {
        return Resolution.of(horizontal / INCHES_PER_METER, vertical / INCHES_PER_METER);
    }
}
