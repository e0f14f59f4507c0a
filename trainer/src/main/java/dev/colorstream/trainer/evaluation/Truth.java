package dev.colorstream.trainer.evaluation;

import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.image.ColorDecodeOutcome;
import dev.colorstream.colorizer.image.ColorDecodeOutcome.DecodedInColor;
import dev.colorstream.colorizer.image.DecodeLimits;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.image.PhotoDecoder;
import dev.colorstream.colorizer.image.Rejected;
import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import java.io.IOException;

/** What reading a photo for evaluation gives: its true colors, or why there are none. */
sealed interface Truth {
    /** The photo's place in its source. */
    PhotoName name();

    /** A photo that cannot be evaluated on. */
    record Missing(PhotoName name, String why) implements Truth {}

    /**
     * A color photo.
     *
     * @param photo its lightness, 8 bits, no alpha
     * @param rgb its pixels 0xRRGGBB
     * @param colors its a and b at full size
     */
    record Known(PhotoName name, Photo photo, int[] rgb, AbPlanes colors) implements Truth {}

    /** Reads a photo. */
    static Truth read(PhotoSource source, PhotoName name) {
        try {
            ColorDecodeOutcome outcome = Limits.DECODER.decodeInColor(source.read(name));
            if (outcome instanceof Rejected rejected) {
                return new Missing(name, rejected.detail());
            }
            DecodedInColor decoded = (DecodedInColor) outcome;
            if (!decoded.photo().hadColor()) {
                return new Missing(name, "black and white: no colors to compare with");
            }
            return known(name, decoded.photo(), decoded.rgb());
        } catch (IOException e) {
            return new Missing(name, "unreadable: " + e.getMessage());
        }
    }

    private static Known known(PhotoName name, Photo photo, int[] rgb) {
        int width = photo.width();
        int height = photo.height();
        float[] luminance = new float[rgb.length];
        float[] a = new float[rgb.length];
        float[] b = new float[rgb.length];
        float[] lab = new float[3];
        for (int i = 0; i < rgb.length; i++) {
            CieLab.fromRgb8(rgb[i], lab, 0);
            luminance[i] = lab[0];
            a[i] = lab[1];
            b[i] = lab[2];
        }
        Photo opaque = new Photo(width, height, luminance, 8, new char[0], photo.format(), true);
        return new Known(name, opaque, rgb, new AbPlanes(height, width, a, b));
    }

    /** What photos to evaluate on may measure: 64 MB, 32 megapixels. */
    final class Limits {
        private static final PhotoDecoder DECODER =
                new PhotoDecoder(new DecodeLimits(64_000_000, 32_000_000, DecodeLimits.LONGEST_SIDE));

        private Limits() {}
    }
}
