package dev.colorstream.colorizer;

import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.image.BilinearRows;
import dev.colorstream.colorizer.image.ColorPhoto;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.lab.GamutMapping;
import dev.colorstream.colorizer.lab.Srgb;
import java.util.function.IntConsumer;

/**
 * A photo's own lightness joined with color planes: bilinear to the photo's size, mapped into the sRGB gamut, rounded to
 * the photo's bit depth. Lightness stays: within 0.5 L at every pixel of 8 bits, within 0.01 L at 16 bits.
 */
public final class Painting {
    private final Photo photo;
    private final BilinearRows colors;
    private final double[] rgb = new double[3];

    private Painting(Photo photo, AbPlanes colors) {
        this.photo = photo;
        this.colors = new BilinearRows(colors, photo.width(), photo.height());
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
        forEachPixel(pixel -> {
            int opacity = photo.hasAlpha() ? alpha[pixel] : 255;
            argb[pixel] = opacity << 24 | code(rgb[0], 255) << 16 | code(rgb[1], 255) << 8 | code(rgb[2], 255);
        });
        return new ColorPhoto.EightBit(photo.width(), photo.height(), photo.hasAlpha(), argb);
    }

    private ColorPhoto sixteenBit() {
        char[] alpha = photo.alpha();
        int channels = photo.hasAlpha() ? 4 : 3;
        short[] samples = new short[photo.pixels() * channels];
        forEachPixel(pixel -> {
            for (int channel = 0; channel < 3; channel++) {
                samples[pixel * channels + channel] = (short) code(rgb[channel], 65535);
            }
            if (photo.hasAlpha()) {
                samples[pixel * channels + 3] = (short) alpha[pixel];
            }
        });
        return new ColorPhoto.SixteenBit(photo.width(), photo.height(), photo.hasAlpha(), samples);
    }

    /** Calls back with each pixel's index while {@link #rgb} holds its linear color. */
    private void forEachPixel(IntConsumer consumer) {
        float[] luminance = photo.luminance();
        float[] a = new float[photo.width()];
        float[] b = new float[photo.width()];
        int pixel = 0;
        for (int y = 0; y < photo.height(); y++) {
            colors.read(y, a, b);
            for (int x = 0; x < photo.width(); x++) {
                GamutMapping.toLinear(luminance[pixel], a[x], b[x], rgb);
                consumer.accept(pixel++);
            }
        }
    }

    private static int code(double linear, int highest) {
        return (int) (Srgb.fromLinearFast(linear) * highest + 0.5);
    }
}
