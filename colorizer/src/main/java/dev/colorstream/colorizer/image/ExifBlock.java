package dev.colorstream.colorizer.image;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.IFD;
import com.twelvemonkeys.imageio.metadata.tiff.Rational;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFEntry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFWriter;
import dev.colorstream.colorizer.image.PhotoNotes.Resolution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** An inscription as EXIF 2.32: a directory with one below it. */
final class ExifBlock {
    private static final int VERSION = 36864;
    private static final int TAKEN = 36867;
    private static final int DIGITIZED = 36868;
    private static final int COLOR_SPACE = 40961;
    private static final int SRGB = 1;
    private static final int PER_INCH = 2;
    private static final int DENOMINATOR = 10_000;

    private ExifBlock() {}

    /** The fields of the upper directory. */
    static List<Entry> entries(Inscription inscription) {
        PhotoNotes notes = inscription.notes();
        List<Entry> entries = new ArrayList<>();
        inscription.maker().ifPresent(maker -> entries.add(new TIFFEntry(TIFF.TAG_SOFTWARE, maker)));
        notes.changed().ifPresent(time -> entries.add(new TIFFEntry(TIFF.TAG_DATE_TIME, time)));
        notes.resolution().ifPresent(resolution -> addResolution(resolution, entries));
        List<Entry> below = new ArrayList<>();
        byte[] version = "0232".getBytes(StandardCharsets.US_ASCII);
        below.add(new TIFFEntry(VERSION, TIFF.TYPE_UNDEFINED, version));
        notes.taken().ifPresent(time -> below.add(new TIFFEntry(TAKEN, time)));
        notes.digitized().ifPresent(time -> below.add(new TIFFEntry(DIGITIZED, time)));
        below.add(new TIFFEntry(COLOR_SPACE, TIFF.TYPE_SHORT, SRGB));
        entries.add(new TIFFEntry(TIFF.TAG_EXIF_IFD, TIFF.TYPE_LONG, new IFD(below)));
        return entries;
    }

    private static void addResolution(Resolution resolution, List<Entry> entries) {
        entries.add(new TIFFEntry(TIFF.TAG_X_RESOLUTION, rational(resolution.horizontal())));
        entries.add(new TIFFEntry(TIFF.TAG_Y_RESOLUTION, rational(resolution.vertical())));
        entries.add(new TIFFEntry(TIFF.TAG_RESOLUTION_UNIT, TIFF.TYPE_SHORT, PER_INCH));
    }

    private static Rational rational(double value) {
        return new Rational(Math.round(value * DENOMINATOR), DENOMINATOR);
    }

    /** The block as JPEG and PNG files hold it. */
    static byte[] bytes(Inscription inscription) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            new TIFFWriter().write(entries(inscription), output);
        }
        return bytes.toByteArray();
    }
}
