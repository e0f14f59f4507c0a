package dev.colorstream.colorizer;

import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.image.BilinearRows;
import dev.colorstream.colorizer.image.ColorPhoto;
import dev.colorstream.colorizer.image.ColorRows;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.lab.LinearRow;
import dev.colorstream.colorizer.lab.Srgb;

/**
 * A photo's own lightness joined with color planes: bilinear to the photo's size, mapped into the sRGB gamut, rounded to
 * the photo's bit depth. Lightness stays: within 0.5 L at every pixel of 8 bits, within 0.01 L at 16 bits.
 */
public final class Painting implements ColorRows {
    private final Photo photo;
    private final BilinearRows colors;
    private final LinearRow row;
    private final float[] luminance;
    private final float[] a;
    private final float[] b;

    private Painting(Photo photo, AbPlanes colors) {
        this.photo = photo;
        this.colors = new BilinearRows(colors, photo.width(), photo.height());
        row = new LinearRow(photo.width());
        luminance = new float[photo.width()];
        a = new float[photo.width()];
        b = new float[photo.width()];
    }

    /**
     * The photo, painted row by row as it is read. Used by one thread.
     *
     * @param colors of any size, taken to cover the whole photo
     */
    public static ColorRows rows(Photo photo, AbPlanes colors) {
        return new Painting(photo, colors);
    }

    /**
     * The painted photo, whole.
     *
     * @param colors of any size, taken to cover the whole photo
     */
    public static ColorPhoto paint(Photo photo, AbPlanes colors) {
        Painting painting = new Painting(photo, colors);
        return photo.bitDepth() == 16 ? painting.sixteenBit() : painting.eightBit();
    }

    @Override
    public int width() {
        return photo.width();
    }

    @Override
    public int height() {
        return photo.height();
    }

    @Override
    public boolean hasAlpha() {
        return photo.hasAlpha();
    }

    @Override
    public int bitDepth() {
        return photo.bitDepth();
    }

    @Override
    public void read(int y, int[] samples) {
        int start = y * width();
        System.arraycopy(photo.luminance(), start, luminance, 0, width());
        colors.read(y, a, b);
        row.set(luminance, a, b);
        float[] red = row.red();
        float[] green = row.green();
        float[] blue = row.blue();
        boolean isDeep = bitDepth() == 16;
        boolean hasAlpha = hasAlpha();
        int sample = 0;
        for (int x = 0; x < red.length; x++) {
            samples[sample] = isDeep ? code16(red[x]) : Srgb.code(red[x]);
            samples[sample + 1] = isDeep ? code16(green[x]) : Srgb.code(green[x]);
            samples[sample + 2] = isDeep ? code16(blue[x]) : Srgb.code(blue[x]);
            sample += 3;
            if (hasAlpha) {
                samples[sample++] = photo.alpha()[start + x];
            }
        }
    }

    private ColorPhoto eightBit() {
        int channels = hasAlpha() ? 4 : 3;
        int[] argb = new int[photo.pixels()];
        int[] samples = new int[width() * channels];
        for (int y = 0; y < height(); y++) {
            read(y, samples);
            for (int x = 0; x < width(); x++) {
                int i = x * channels;
                int opacity = hasAlpha() ? samples[i + 3] : 255;
                argb[y * width() + x] = opacity << 24 | samples[i] << 16 | samples[i + 1] << 8 | samples[i + 2];
            }
        }
        return new ColorPhoto.EightBit(width(), height(), hasAlpha(), argb);
    }

    private ColorPhoto sixteenBit() {
        int[] row16 = new int[width() * (hasAlpha() ? 4 : 3)];
        short[] samples = new short[height() * row16.length];
        for (int y = 0; y < height(); y++) {
            read(y, row16);
            for (int i = 0; i < row16.length; i++) {
                samples[y * row16.length + i] = (short) row16[i];
            }
        }
        return new ColorPhoto.SixteenBit(width(), height(), hasAlpha(), samples);
    }

    private static int code16(float linear) {
        return (int) (Srgb.fromLinearFast(linear) * 65535 + 0.5);
    }
}
