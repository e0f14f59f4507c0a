package dev.colorstream.colorizer.image;

/** A color photo: sRGB pixels, row-major. The arrays are its own: not copied, not to be changed after. */
public sealed interface ColorPhoto {
    /** In pixels, at least 1. */
    int width();

    /** In pixels, at least 1. */
    int height();

    /** Whether the pixels carry opacity. */
    boolean hasAlpha();

    /**
     * A photo of 8 bits a sample.
     *
     * @param argb 0xAARRGGBB of each pixel, not premultiplied; AA is 0xff where there is no alpha
     */
    record EightBit(int width, int height, boolean hasAlpha, int[] argb) implements ColorPhoto {
        public EightBit {
            requireSize(width, height, argb.length, 1);
        }
    }

    /**
     * A photo of 16 bits a sample.
     *
     * @param samples red, green, blue and, where there is one, alpha of each pixel; unsigned, not premultiplied
     */
    record SixteenBit(int width, int height, boolean hasAlpha, short[] samples) implements ColorPhoto {
        public SixteenBit {
            requireSize(width, height, samples.length, hasAlpha ? 4 : 3);
        }
    }

    private static void requireSize(int width, int height, int values, int valuesPerPixel) {
        if (width < 1 || height < 1 || values != width * height * valuesPerPixel) {
            throw new IllegalArgumentException(
                    values + " values are not " + width + " x " + height + " x " + valuesPerPixel);
        }
    }
}
