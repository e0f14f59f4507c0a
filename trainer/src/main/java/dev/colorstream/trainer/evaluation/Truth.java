package dev.colorstream.trainer.evaluation;

import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.image.DecodeLimits;
import dev.colorstream.colorizer.image.DecodeOutcome;
import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.image.PhotoDecoder;
import dev.colorstream.colorizer.image.Rejected;
import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

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
            byte[] bytes = source.read(name);
            DecodeOutcome outcome = Limits.DECODER.decode(bytes);
            if (outcome instanceof Rejected rejected) {
                return new Missing(name, rejected.detail());
            }
            Photo photo = ((Decoded) outcome).photo();
            if (!photo.hadColor()) {
                return new Missing(name, "black and white: no colors to compare with");
            }
            BufferedImage image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
            return known(name, photo, image);
        } catch (IOException e) {
            return new Missing(name, "unreadable: " + e.getMessage());
        }
    }

    private static Known known(PhotoName name, Photo photo, BufferedImage image) {
        int width = photo.width();
        int height = photo.height();
        int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
        float[] luminance = new float[rgb.length];
        float[] a = new float[rgb.length];
        float[] b = new float[rgb.length];
        float[] lab = new float[3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] &= 0xffffff;
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
