package dev.colorstream.colorizer.image;

/** A color photo, whole: sRGB pixels, row-major. The arrays are its own: not copied, not to be changed after. */
public sealed interface ColorPhoto extends ColorRows {
    /**
     * A photo of 8 bits a sample.
     *
     * @param argb 0xAARRGGBB of each pixel, not premultiplied; AA is 0xff where there is no alpha
     */
    record EightBit(int width, int height, boolean hasAlpha, int[] argb) implements ColorPhoto {
        public EightBit {
            requireSize(width, height, argb.length, 1);
        }

        @Override
        public int bitDepth() {
            return 8;
        }

        @Override
        public void read(int y, int[] samples) {
            int sample = 0;
            for (int pixel = y * width; pixel < (y + 1) * width; pixel++) {
                samples[sample++] = argb[pixel] >> 16 & 0xff;
                samples[sample++] = argb[pixel] >> 8 & 0xff;
                samples[sample++] = argb[pixel] & 0xff;
                if (hasAlpha) {
                    samples[sample++] = argb[pixel] >>> 24;
                }
            }
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

        @Override
        public int bitDepth() {
            return 16;
        }

        @Override
        public void read(int y, int[] row) {
            int start = y * row.length;
            for (int i = 0; i < row.length; i++) {
                row[i] = Short.toUnsignedInt(samples[start + i]);
            }
        }
    }

    private static void requireSize(int width, int height, int values, int valuesPerPixel) {
        if (width < 1 || height < 1 || values != width * height * valuesPerPixel) {
            throw new IllegalArgumentException(
                    values + " values are not " + width + " x " + height + " x " + valuesPerPixel);
        }
    }
}
