package dev.colorstream.colorizer;

import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.image.BilinearRows;
import dev.colorstream.colorizer.image.ColorPhoto;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.lab.LinearRow;
import dev.colorstream.colorizer.lab.Srgb;
import java.util.function.IntConsumer;

/**
 * A photo's own lightness joined with color planes: bilinear to the photo's size, mapped into the sRGB gamut, rounded to
 * the photo's bit depth. Lightness stays: within 0.5 L at every pixel of 8 bits, within 0.01 L at 16 bits.
 */
public final class Painting {
    private final Photo photo;
    private final BilinearRows colors;
    private final LinearRow row;

    private Painting(Photo photo, AbPlanes colors) {
        this.photo = photo;
        this.colors = new BilinearRows(colors, photo.width(), photo.height());
        this.row = new LinearRow(photo.width());
    }

    /**
     * The painted photo.
     *
     * @param colors of any size, taken to cover the whole photo
     */
    public static ColorPhoto paint(Photo photo, AbPlanes colors) {
        Painting painting = new Painting(photo, colors);
        return photo.bitDepth() == 16 ? painting.sixteenBit() : painting.eightBit();
    }

    private ColorPhoto eightBit() {
        int[] argb = new int[photo.pixels()];
        char[] alpha = photo.alpha();
        forEachRow(start -> {
            float[] red = row.red();
            float[] green = row.green();
            float[] blue = row.blue();
            for (int x = 0; x < red.length; x++) {
                int opacity = photo.hasAlpha() ? alpha[start + x] : 255;
                argb[start + x] =
                        opacity << 24 | Srgb.code(red[x]) << 16 | Srgb.code(green[x]) << 8 | Srgb.code(blue[x]);
            }
        });
        return new ColorPhoto.EightBit(photo.width(), photo.height(), photo.hasAlpha(), argb);
    }

    private ColorPhoto sixteenBit() {
        char[] alpha = photo.alpha();
        int channels = photo.hasAlpha() ? 4 : 3;
        short[] samples = new short[photo.pixels() * channels];
        forEachRow(start -> {
            for (int x = 0; x < photo.width(); x++) {
                int sample = (start + x) * channels;
                samples[sample] = code16(row.red()[x]);
                samples[sample + 1] = code16(row.green()[x]);
                samples[sample + 2] = code16(row.blue()[x]);
                if (photo.hasAlpha()) {
                    samples[sample + 3] = (short) alpha[start + x];
                }
            }
        });
        return new ColorPhoto.SixteenBit(photo.width(), photo.height(), photo.hasAlpha(), samples);
    }

    /** Calls back with the index of each row's first pixel while {@link #row} holds its linear colors. */
    private void forEachRow(IntConsumer consumer) {
        int width = photo.width();
        float[] luminance = new float[width];
        float[] a = new float[width];
        float[] b = new float[width];
        for (int y = 0; y < photo.height(); y++) {
            System.arraycopy(photo.luminance(), y * width, luminance, 0, width);
            colors.read(y, a, b);
            row.set(luminance, a, b);
            consumer.accept(y * width);
        }
    }

    private static short code16(float linear) {
        return (short) (int) (Srgb.fromLinearFast(linear) * 65535 + 0.5);
    }
}
