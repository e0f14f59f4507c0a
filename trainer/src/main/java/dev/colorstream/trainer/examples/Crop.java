package dev.colorstream.trainer.examples;

import dev.colorstream.trainer.dataset.LabPhoto;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A square of a photo, mirrored or not.
 *
 * @param left the left edge in pixels, likewise {@code top}; the square lies within the photo
 * @param side the square's side in pixels, at least 1
 */
record Crop(int left, int top, int side, boolean mirrored) {
    private static final double SMALLEST_SIDE = 0.6;

    /** A square of 0.6 to 1 of the photo's shorter side, anywhere in it. */
    static Crop random(LabPhoto photo, RandomGenerator random) {
        int shorter = Math.min(photo.width(), photo.height());
        int side = Math.max(1, (int) Math.round(shorter * (SMALLEST_SIDE + (1 - SMALLEST_SIDE) * random.nextDouble())));
        int left = random.nextInt(photo.width() - side + 1);
        int top = random.nextInt(photo.height() - side + 1);
        return new Crop(left, top, side, random.nextBoolean());
    }

    /** The photo's middle, as large as its shorter side. */
    static Crop whole(LabPhoto photo) {
        int shorter = Math.min(photo.width(), photo.height());
        return new Crop((photo.width() - shorter) / 2, (photo.height() - shorter) / 2, shorter, false);
    }

    /** The middle of the photo at the mean of the random sides. */
    static Crop middle(LabPhoto photo) {
        int shorter = Math.min(photo.width(), photo.height());
        int side = Math.max(1, (int) Math.round(shorter * (SMALLEST_SIDE + 1) / 2));
        return new Crop((photo.width() - side) / 2, (photo.height() - side) / 2, side, false);
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
        double step = (double) side / size;
        float[] row = new float[side];
        for (int y = 0; y < size; y++) {
            sumRows(planes, offset, photo.width(), y * step, (y + 1) * step, row);
            for (int x = 0; x < size; x++) {
                float mean = meanOf(row, x * step, (x + 1) * step);
                int column = mirrored ? size - 1 - x : x;
                out[outOffset + y * size + column] = mean * scale + shift;
            }
        }
    }

    /** The mean over rows [from, to) of the square, a value a column. */
    private void sumRows(byte[] planes, int offset, int width, double from, double to, float[] row) {
        Arrays.fill(row, 0);
        int last = Math.min(side, (int) Math.ceil(to));
        for (int y = (int) from; y < last; y++) {
            float weight = (float) ((Math.min(to, y + 1) - Math.max(from, y)) / (to - from));
            int start = offset + (top + y) * width + left;
            for (int x = 0; x < side; x++) {
                row[x] += weight * (planes[start + x] & 0xff);
            }
        }
    }

    private float meanOf(float[] row, double from, double to) {
        float mean = 0;
        int last = Math.min(side, (int) Math.ceil(to));
        for (int x = (int) from; x < last; x++) {
            mean += (float) ((Math.min(to, x + 1) - Math.max(from, x)) / (to - from)) * row[x];
        }
        return mean;
    }
}
