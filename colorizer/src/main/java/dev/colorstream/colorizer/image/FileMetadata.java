package dev.colorstream.colorizer.image;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.ExifTiffHandler;
import dev.colorstream.colorizer.image.PhotoNotes.Resolution;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a file says beside its pixels, as far as it can be read: broken metadata do not make a photo unreadable.
 *
 * @param notes as of the picture as it is displayed
 */
record FileMetadata(Orientation orientation, PhotoNotes notes) {
    static final double INCHES_PER_METER = 1 / 0.0254;
    private static final double CENTIMETERS_PER_INCH = 2.54;
    private static final int UNIT_CENTIMETER = 3;
    private static final int UNIT_NONE = 1;
    private static final String EXIF_TIME = "\\d{4}:\\d{2}:\\d{2} \\d{2}:\\d{2}:\\d{2}";

    static FileMetadata of(byte[] bytes, PhotoFormat format, int pictures) {
        Metadata exif = new Metadata();
        exif(bytes, format).ifPresent(block -> read(block, exif));
        Directory main = exif.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Directory sub = exif.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
        Orientation orientation =
                Orientation.of(main == null ? null : main.getInteger(ExifIFD0Directory.TAG_ORIENTATION));
        PhotoNotes stored = new PhotoNotes(
                resolution(bytes, format).or(() -> resolution(main)),
                time(main, ExifDirectoryBase.TAG_DATETIME),
                time(sub, ExifDirectoryBase.TAG_DATETIME_ORIGINAL),
                time(sub, ExifDirectoryBase.TAG_DATETIME_DIGITIZED),
                pictures);
        return new FileMetadata(orientation, orientation.swapsSides() ? stored.turned() : stored);
    }

    /** The file's EXIF: a TIFF file in itself. */
    private static Optional<byte[]> exif(byte[] bytes, PhotoFormat format) {
        return switch (format) {
            case JPEG -> JpegMarkers.exif(bytes);
            case PNG -> PngChunks.chunk(bytes, "eXIf");
            case WEBP -> RiffChunks.exif(bytes);
            case TIFF -> Optional.of(bytes);
            case GIF, BMP -> Optional.empty();
        };
    }

    private static void read(byte[] block, Metadata metadata) {
        try {
            new TiffReader()
                    .processTiff(
                            new ByteArrayReader(TiffChain.firstPage(block)), new ExifTiffHandler(metadata, null, 0), 0);
        } catch (TiffProcessingException | IOException | RuntimeException | StackOverflowError unreadable) {
            // What was read before it broke is kept.
        }
    }

    private static Optional<String> time(@Nullable Directory directory, int tag) {
        return Optional.ofNullable(directory)
                .map(found -> found.getString(tag))
                .map(String::strip)
                .filter(time -> time.matches(EXIF_TIME));
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

    private static Optional<Resolution> resolution(@Nullable Directory directory) {
        if (directory == null) {
            return Optional.empty();
        }
        try {
            Integer unit = directory.getInteger(ExifDirectoryBase.TAG_RESOLUTION_UNIT);
            double perInch = unit != null && unit == UNIT_CENTIMETER ? CENTIMETERS_PER_INCH : 1;
            return unit != null && unit == UNIT_NONE
                    ? Optional.empty()
                    : Resolution.of(
                            perInch * directory.getDouble(ExifDirectoryBase.TAG_X_RESOLUTION),
                            perInch * directory.getDouble(ExifDirectoryBase.TAG_Y_RESOLUTION));
        } catch (MetadataException missing) {
            return Optional.empty();
        }
    }

    static Optional<Resolution> perMeter(int horizontal, int vertical) {
        return Resolution.of(horizontal / INCHES_PER_METER, vertical / INCHES_PER_METER);
    }
}
