package dev.colorstream.trainer.examples;

import dev.colorstream.trainer.dataset.LabPhoto;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A rectangle of a photo, mirrored or not. As a worker does with whole photos, it is squeezed into a square whatever its
 * sides are.
 *
 * @param left the left edge in pixels, likewise {@code top}; the rectangle lies within the photo
 * @param width in pixels, at least 1, likewise {@code height}
 */
record Crop(int left, int top, int width, int height, boolean mirrored) {
    private static final double SMALLEST_SHARE = 0.5;

    /** Workers make photos smaller and hardly ever larger: a crop enlarged by more than a quarter shows what they never see. */
    private static final double LEAST_OF_SIZE = 0.8;

    /**
     * A rectangle of 0.5 to 1 of the photo's width and of its height, anywhere in it, but no side below 0.8 of what it is
     * averaged to, as far as the photo goes.
     *
     * @param size side in pixels of the square that the crop is for
     */
    static Crop random(LabPhoto photo, int size, RandomGenerator random) {
        int width = side(photo.width(), size, random);
        int height = side(photo.height(), size, random);
        int left = random.nextInt(photo.width() - width + 1);
        int top = random.nextInt(photo.height() - height + 1);
        return new Crop(left, top, width, height, random.nextBoolean());
    }

    private static int side(int whole, int size, RandomGenerator random) {
        double smallest = Math.min(whole, Math.max(SMALLEST_SHARE * whole, LEAST_OF_SIZE * size));
        return Math.max(1, (int) Math.round(smallest + (whole - smallest) * random.nextDouble()));
    }

    /** The whole photo. */
    static Crop whole(LabPhoto photo) {
        return new Crop(0, 0, photo.width(), photo.height(), false);
    }

    /**
     * Averages one plane of the photo over areas into size x size values.
     *
     * @param plane 0 is L, 1 is a, 2 is b
     * @param out receives byte values times {@code scale} plus {@code shift}, row-major, from {@code outOffset}
     */
    void average(LabPhoto photo, int plane, int size, float scale, float shift, float[] out, int outOffset) {
        byte[] planes = photo.planes();
        int offset = plane * photo.width() * photo.height();
        double stepDown = (double) height / size;
        double stepRight = (double) width / size;
        float[] row = new float[width];
        for (int y = 0; y < size; y++) {
            sumRows(planes, offset, photo.width(), y * stepDown, (y + 1) * stepDown, row);
            for (int x = 0; x < size; x++) {
                float mean = meanOf(row, x * stepRight, (x + 1) * stepRight);
                int column = mirrored ? size - 1 - x : x;
                out[outOffset + y * size + column] = mean * scale + shift;
            }
        }
    }

    /** The mean over rows [from, to) of the rectangle, a value a column. */
    private void sumRows(byte[] planes, int offset, int rowLength, double from, double to, float[] row) {
        Arrays.fill(row, 0);
        int last = Math.min(height, (int) Math.ceil(to));
        for (int y = (int) from; y < last; y++) {
            float weight = (float) ((Math.min(to, y + 1) - Math.max(from, y)) / (to - from));
            int start = offset + (top + y) * rowLength + left;
            for (int x = 0; x < width; x++) {
                row[x] += weight * (planes[start + x] & 0xff);
            }
        }
    }

    private float meanOf(float[] row, double from, double to) {
        float mean = 0;
        int last = Math.min(width, (int) Math.ceil(to));
        for (int x = (int) from; x < last; x++) {
            mean += (float) ((Math.min(to, x + 1) - Math.max(from, x)) / (to - from)) * row[x];
        }
        return mean;
    }
}
