package dev.colorstream.colorizer.image;

import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.colorizer.lab.Srgb;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** The samples of a stored picture, turned row by row into the lightness of the photo as it is displayed. */
final class Pixels {
    /** Channels that differ by less than this of 255 are a gray photo's noise. */
    private static final int GRAY_NOISE = 8;

    private static final int OPAQUE_BLACK = 0xff000000;

    private final int width;
    private final int height;
    private final Orientation orientation;
    private final int[] sampleSizes;
    private final int[] palette;
    private final Optional<ToSrgb> toSrgb;
    private final boolean hasAlpha;
    /** Of a stored row, the palette looked up. */
    private final int bands;

    private final int highest;
    private final int highestColor;
    private final int colors;
    private final float[] luminance;
    private final char[] alpha;
    private final int[] rgb;
    private final int[] stored;
    private final int[] inSrgb;
    private boolean hadColor;

    /**
     * A canvas for a picture.
     *
     * @param sampleSizes bits of each sample of a pixel, the palette looked up: colors first, then opacity
     * @param palette ARGB of each sample; empty where samples are colors
     * @param hasAlpha whether the last sample of a pixel, or the palette, tells opacity
     * @param tags what the colors mean
     * @param withColors whether its colors are wanted, too
     */
    Pixels(
            int[] sampleSizes,
            int[] palette,
            boolean hasAlpha,
            int width,
            int height,
            ColorTags tags,
            Orientation orientation,
            boolean withColors)
            throws UnsupportedPixelsException {
        this.width = width;
        this.height = height;
        this.orientation = orientation;
        this.palette = palette;
        this.hasAlpha = hasAlpha;
        this.sampleSizes = sampleSizes;
        bands = sampleSizes.length;
        int storedColors = bands - (hasAlpha ? 1 : 0);
        int bits = Arrays.stream(sampleSizes).max().orElse(0);
        if (bits > 16 || (storedColors != 1 && storedColors != 3 && storedColors != 4)) {
            throw unsupported(storedColors, bits);
        }
        highest = bits > 8 ? 65535 : 255;
        toSrgb = ToSrgb.of(tags, storedColors, highest);
        colors = toSrgb.map(ToSrgb::colors).orElse(storedColors);
        highestColor = toSrgb.isPresent() ? 65535 : highest;
        luminance = new float[width * height];
        alpha = new char[hasAlpha ? width * height : 0];
        rgb = new int[withColors ? width * height : 0];
        stored = new int[width * bands];
        inSrgb = toSrgb.isPresent() ? new int[width * (colors + (hasAlpha ? 1 : 0))] : stored;
    }

    /** A canvas for the samples of an image. */
    static Pixels of(BufferedImage image, ColorTags tags, Orientation orientation, boolean withColors)
            throws UnsupportedPixelsException {
        ColorModel model = image.getColorModel();
        int[] palette = model instanceof IndexColorModel index ? palette(index) : new int[0];
        int colors = model.getColorSpace().getNumComponents();
        // Those of the sample model are of the bytes that hold the samples: 16 bits for 12.
        int[] sampleSizes = IntStream.range(0, colors + (model.hasAlpha() ? 1 : 0))
                .map(model::getComponentSize)
                .toArray();
        int type = model.getTransferType();
        boolean isWhole = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
        if (!isWhole) {
            throw unsupported(colors, sampleSizes[0]);
        }
        return new Pixels(
                sampleSizes,
                palette,
                model.hasAlpha(),
                image.getWidth(),
                image.getHeight(),
                tags,
                orientation,
                withColors);
    }

    private static UnsupportedPixelsException unsupported(int colors, int bits) {
        return new UnsupportedPixelsException(
                colors + " color channels of " + bits + " bits; gray, RGB and CMYK of up to 16 whole bits are read");
    }

    /** Values beyond the palette's end are black, as in browsers. */
    private static int[] palette(IndexColorModel model) {
        int[] argb = new int[Math.max(model.getMapSize(), 1 << model.getPixelSize())];
        model.getRGBs(argb);
        Arrays.fill(argb, model.getMapSize(), argb.length, OPAQUE_BLACK);
        return argb;
    }

    /**
     * Takes a stored row.
     *
     * @param y of the row in the picture
     * @param source holds it at {@code sourceY}, from x = 0 on; bands beyond color and opacity are passed over
     */
    void take(int y, Raster source, int sourceY) {
        if (palette.length > 0) {
            lookUp(source, sourceY);
        } else {
            withoutOthers(source, sourceY).getPixels(0, sourceY, width, 1, stored);
            scale();
        }
        toSrgb.ifPresent(way -> {
            way.convert(stored, bands, inSrgb, inSrgb.length / width);
            copyAlpha();
        });
        hadColor |= colors == 3 && showsColor();
        int first = orientation.first(y, width, height);
        int step = orientation.step(height);
        readLightness(first, step);
        if (hasAlpha) {
            readAlpha(first, step);
        }
        if (rgb.length > 0) {
            readColors(first, step);
        }
    }

    /** The photo, when all rows were taken. */
    Photo photo(PhotoFormat format, PhotoNotes notes) {
        return new Photo(
                orientation.swapsSides() ? height : width,
                orientation.swapsSides() ? width : height,
                luminance,
                highest == 255 ? 8 : 16,
                alpha,
                format,
                hadColor,
                notes);
    }

    /** 0xRRGGBB of each displayed pixel, row-major; empty where colors are not wanted. */
    int[] rgb() {
        return rgb;
    }

    private void lookUp(Raster source, int sourceY) {
        int[] indexes = source.getSamples(0, sourceY, width, 1, 0, (int[]) null);
        for (int x = 0; x < width; x++) {
            int argb = palette[indexes[x]];
            stored[x * bands] = argb >> 16 & 0xff;
            stored[x * bands + 1] = argb >> 8 & 0xff;
            stored[x * bands + 2] = argb & 0xff;
            if (hasAlpha) {
                stored[x * bands + 3] = argb >>> 24;
            }
        }
    }

    /** A row without the samples behind color and opacity: masks, depths and other things. */
    private Raster withoutOthers(Raster source, int sourceY) {
        if (source.getNumBands() == bands) {
            return source;
        }
        int[] own = IntStream.range(0, bands).toArray();
        return source.createChild(0, sourceY, width, 1, 0, sourceY, own);
    }

    /** Samples of fewer bits, 5 or 12 say, to the full range of 8 or 16; readers leave what they like in the bits above. */
    private void scale() {
        for (int band = 0; band < bands; band++) {
            int own = (1 << sampleSizes[band]) - 1;
            if (own != highest) {
                for (int i = band; i < stored.length; i += bands) {
                    stored[i] = (int) (((long) (stored[i] & own) * highest + own / 2) / own);
                }
            }
        }
    }

    private void copyAlpha() {
        if (hasAlpha) {
            int to = colors;
            for (int from = bands - 1; from < stored.length; from += bands) {
                inSrgb[to] = stored[from];
                to += colors + 1;
            }
        }
    }

    private boolean showsColor() {
        int noise = GRAY_NOISE * (highestColor / 255);
        int step = inSrgb.length / width;
        for (int i = 0; i < inSrgb.length; i += step) {
            int most = Math.max(inSrgb[i], Math.max(inSrgb[i + 1], inSrgb[i + 2]));
            int least = Math.min(inSrgb[i], Math.min(inSrgb[i + 1], inSrgb[i + 2]));
            if (most - least > noise) {
                return true;
            }
        }
        return false;
    }

    private void readLightness(int first, int step) {
        int sampleStep = inSrgb.length / width;
        int to = first;
        for (int i = 0; i < inSrgb.length; i += sampleStep) {
            double red = linear(inSrgb[i]);
            double y = colors == 1 ? red : CieLab.luminance(red, linear(inSrgb[i + 1]), linear(inSrgb[i + 2]));
            luminance[to] = (float) CieLab.lightness(y);
            to += step;
        }
    }

    private void readAlpha(int first, int step) {
        int to = first;
        for (int i = colors; i < inSrgb.length; i += colors + 1) {
            alpha[to] = (char) inSrgb[i];
            to += step;
        }
    }

    private void readColors(int first, int step) {
        int sampleStep = inSrgb.length / width;
        int green = colors == 1 ? 0 : 1;
        int to = first;
        for (int i = 0; i < inSrgb.length; i += sampleStep) {
            rgb[to] = to8Bits(inSrgb[i]) << 16 | to8Bits(inSrgb[i + green]) << 8 | to8Bits(inSrgb[i + 2 * green]);
            to += step;
        }
    }

    private int to8Bits(int code) {
        return highestColor == 255 ? code : (code * 255 + 32767) / 65535;
    }

    private double linear(int code) {
        return highestColor == 255 ? Srgb.toLinear(code) : Srgb.toLinear16(code);
    }
}
