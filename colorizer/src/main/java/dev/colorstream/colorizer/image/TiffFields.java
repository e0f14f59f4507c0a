package dev.colorstream.colorizer.image;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.IFD;
import com.twelvemonkeys.imageio.metadata.tiff.Rational;
import java.util.List;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.ExifParentTIFFTagSet;
import javax.imageio.plugins.tiff.ExifTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;
import javax.imageio.plugins.tiff.TIFFTagSet;

/** An inscription as Java's own writer of TIFF takes it, the only one here that writes colors of 16 bits. */
final class TiffFields {
    private static final int HORIZONTAL_DIFFERENCES = 2;

    private TiffFields() {}

    /** The writer's own fields with those of an inscription. */
    static IIOMetadata inscribed(IIOMetadata ofWriter, Inscription inscription) throws IIOInvalidTreeException {
        TIFFDirectory directory = TIFFDirectory.createFromMetadata(ofWriter);
        addAll(ExifBlock.entries(inscription), BaselineTIFFTagSet.getInstance(), directory);
        TIFFTagSet baseline = BaselineTIFFTagSet.getInstance();
        byte[] profile = SrgbProfile.bytes();
        directory.addTIFFField(new TIFFField(
                baseline.getTag(BaselineTIFFTagSet.TAG_ICC_PROFILE), TIFFTag.TIFF_UNDEFINED, profile.length, profile));
        directory.addTIFFField(
                new TIFFField(baseline.getTag(BaselineTIFFTagSet.TAG_PREDICTOR), HORIZONTAL_DIFFERENCES));
        return directory.getAsMetadata();
    }

    private static void addAll(List<Entry> entries, TIFFTagSet tags, TIFFDirectory directory) {
        for (Entry entry : entries) {
            directory.addTIFFField(field(entry, tags));
        }
    }

    private static TIFFField field(Entry entry, TIFFTagSet tags) {
        int number = (Integer) entry.getIdentifier();
        Object value = entry.getValue();
        if (value instanceof IFD below) {
            TIFFTag parent = ExifParentTIFFTagSet.getInstance().getTag(number);
            TIFFDirectory directory = new TIFFDirectory(new TIFFTagSet[] {ExifTIFFTagSet.getInstance()}, parent);
            for (Entry inner : below) {
                directory.addTIFFField(field(inner, ExifTIFFTagSet.getInstance()));
            }
            return new TIFFField(parent, TIFFTag.TIFF_LONG, 1L, directory);
        }
        TIFFTag tag = tags.getTag(number);
        if (value instanceof String text) {
            return new TIFFField(tag, TIFFTag.TIFF_ASCII, 1, new String[] {text});
        }
        if (value instanceof Rational rational) {
            long[][] fraction = {{rational.numerator(), rational.denominator()}};
            return new TIFFField(tag, TIFFTag.TIFF_RATIONAL, 1, fraction);
        }
        return value instanceof byte[] bytes
                ? new TIFFField(tag, TIFFTag.TIFF_UNDEFINED, bytes.length, bytes)
                : new TIFFField(tag, ((Number) value).intValue());
    }
}
