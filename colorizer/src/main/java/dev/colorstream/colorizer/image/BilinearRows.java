package dev.colorstream.colorizer.image;

/**
 * Color planes enlarged to a photo's size by bilinear interpolation, one row at a time, so that no plane of the photo's
 * size is kept: cell centers and pixel centers aligned, values beyond the outer centers clamped. Planes of the photo's
 * own size come back as they are. Used by one thread.
 */
public final class BilinearRows {
    private final AbPlanes planes;
    private final int height;
    private final int[] leftCell;
    private final float[] rightShare;
    private final float[] blended;

    /**
     * @param width of the photo, at least 1; likewise {@code height}
     */
    public BilinearRows(AbPlanes planes, int width, int height) {
        this.planes = planes;
        this.height = height;
        this.leftCell = new int[width];
        this.rightShare = new float[width];
        // One value more than cells: the last cell's right neighbor is itself.
        this.blended = new float[planes.width() + 1];
        for (int x = 0; x < width; x++) {
            double position = position(x, width, planes.width());
            leftCell[x] = (int) position;
            rightShare[x] = (float) (position - leftCell[x]);
        }
    }

    /**
     * Writes one row.
     *
     * @param y the row, in [0, height)
     * @param a receives the a of each pixel of the row; likewise {@code b}
     */
    public void read(int y, float[] a, float[] b) {
        double position = position(y, height, planes.height());
        int upper = (int) position;
        int lower = Math.min(planes.height() - 1, upper + 1);
        float lowerShare = (float) (position - upper);
        read(planes.a(), upper, lower, lowerShare, a);
        read(planes.b(), upper, lower, lowerShare, b);
    }

    private void read(float[] plane, int upper, int lower, float lowerShare, float[] row) {
        int cells = planes.width();
        for (int x = 0; x < cells; x++) {
            float above = plane[upper * cells + x];
            blended[x] = above + lowerShare * (plane[lower * cells + x] - above);
        }
        blended[cells] = blended[cells - 1];
        for (int x = 0; x < leftCell.length; x++) {
            float left = blended[leftCell[x]];
            row[x] = left + rightShare[x] * (blended[leftCell[x] + 1] - left);
        }
    }

    private static double position(int pixel, int pixels, int cells) {
        return Math.max(0, Math.min(cells - 1, (pixel + 0.5) * cells / pixels - 0.5));
    }
}
