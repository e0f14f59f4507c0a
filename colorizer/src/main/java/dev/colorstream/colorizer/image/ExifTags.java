package dev.colorstream.colorizer.image;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.ExifTiffHandler;
import dev.colorstream.colorizer.image.PhotoNotes.Resolution;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of the tags of EXIF, those of TIFF among them.
 *
 * @param resolution of the picture as it is stored
 * @param changed as of {@link PhotoNotes}; likewise {@code taken} and {@code digitized}
 */
record ExifTags(
        Orientation orientation,
        Optional<Resolution> resolution,
        Optional<String> changed,
        Optional<String> taken,
        Optional<String> digitized) {
    static final ExifTags NONE =
            new ExifTags(Orientation.UPRIGHT, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final double CENTIMETERS_PER_INCH = 2.54;
    private static final int UNIT_CENTIMETER = 3;
    private static final int UNIT_NONE = 1;
    private static final String EXIF_TIME = "\\d{4}:\\d{2}:\\d{2} \\d{2}:\\d{2}:\\d{2}";

    /** The tags of an EXIF block, a TIFF file in itself, as far as it can be read. */
    static ExifTags of(byte[] block) {
        Metadata exif = new Metadata();
        try {
            new TiffReader()
                    .processTiff(
                            new ByteArrayReader(TiffChain.firstPage(block)), new ExifTiffHandler(exif, null, 0), 0);
        } catch (TiffProcessingException | IOException | RuntimeException | StackOverflowError unreadable) {
            // What was read before it broke is kept.
        }
        Directory main = exif.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Directory sub = exif.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
        return new ExifTags(
                Orientation.of(main == null ? null : main.getInteger(ExifDirectoryBase.TAG_ORIENTATION)),
                main == null
                        ? Optional.empty()
                        : resolution(
                                main.getDoubleObject(ExifDirectoryBase.TAG_X_RESOLUTION),
                                main.getDoubleObject(ExifDirectoryBase.TAG_Y_RESOLUTION),
                                main.getInteger(ExifDirectoryBase.TAG_RESOLUTION_UNIT)),
                time(main, ExifDirectoryBase.TAG_DATETIME),
                time(sub, ExifDirectoryBase.TAG_DATETIME_ORIGINAL),
                time(sub, ExifDirectoryBase.TAG_DATETIME_DIGITIZED));
    }

    private static Optional<String> time(@Nullable Directory directory, int tag) {
        return directory == null ? Optional.empty() : time(directory.getString(tag));
    }

    /** The resolution by its three tags, as they stand in the file; nothing where they tell none. */
    static Optional<Resolution> resolution(
            @Nullable Number horizontal, @Nullable Number vertical, @Nullable Integer unit) {
        if (horizontal == null || vertical == null || (unit != null && unit == UNIT_NONE)) {
            return Optional.empty();
        }
        double perInch = unit != null && unit == UNIT_CENTIMETER ? CENTIMETERS_PER_INCH : 1;
        return Resolution.of(perInch * horizontal.doubleValue(), perInch * vertical.doubleValue());
    }

    /** A time as it stands in the file; nothing where it is none. */
    static Optional<String> time(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(time -> time.matches(EXIF_TIME));
    }
}
