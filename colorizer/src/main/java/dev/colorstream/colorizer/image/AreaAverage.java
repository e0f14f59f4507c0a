package dev.colorstream.colorizer.image;

import java.util.Arrays;

/**
 * Resampling by area: a new pixel is the mean of the plane under it, pixels cut by its border counted by their share.
 * Keeps the plane's mean, shrinks and enlarges, and takes no note of the aspect ratio.
 */
public final class AreaAverage {
    private AreaAverage() {}

    /**
     * A plane resampled to a square.
     *
     * @param plane height x width, row-major; not kept
     * @param side of the square
     * @return side x side values, row-major
     */
    public static float[] toSquare(float[] plane, int width, int height, int side) {
        if (width < 1 || height < 1 || side < 1 || plane.length != width * height) {
            throw new IllegalArgumentException(
                    "a plane of " + plane.length + " values, " + width + " x " + height + ", to side " + side);
        }
        Cover columns = new Cover(width, side);
        Cover rows = new Cover(height, side);
        float[] square = new float[side * side];
        double[] line = new double[side];
        double[] narrowed = new double[side];
        int narrowedRow = -1;
        for (int y = 0; y < side; y++) {
            Arrays.fill(line, 0);
            for (int row = rows.first(y); row < rows.end(y); row++) {
                if (row != narrowedRow) {
                    columns.average(plane, row * width, narrowed);
                    narrowedRow = row;
                }
                double weight = rows.weight(y, row);
                for (int x = 0; x < side; x++) {
                    line[x] += weight * narrowed[x];
                }
            }
            for (int x = 0; x < side; x++) {
                square[y * side + x] = (float) line[x];
            }
        }
        return square;
    }

    /** How {@code length} pixels in a line lie under {@code cells} cells of equal size. */
    private record Cover(int length, int cells) {
        int first(int cell) {
            return (int) ((long) cell * length / cells);
        }

        /** The first pixel that lies wholly behind the cell. */
        int end(int cell) {
            return (int) (((long) (cell + 1) * length + cells - 1) / cells);
        }

        /** The share of the cell that the pixel takes. */
        double weight(int cell, int pixel) {
            double cellStart = (double) cell * length / cells;
            double cellEnd = (double) (cell + 1) * length / cells;
            return (Math.min(pixel + 1, cellEnd) - Math.max(pixel, cellStart)) * cells / length;
        }

        void average(float[] line, int offset, double[] out) {
            for (int cell = 0; cell < cells; cell++) {
                int first = first(cell);
                int last = end(cell) - 1;
                double sum = line[offset + first] * weight(cell, first);
                if (last > first) {
                    double whole = 0;
                    for (int pixel = first + 1; pixel < last; pixel++) {
                        whole += line[offset + pixel];
                    }
                    sum += whole * cells / length + line[offset + last] * weight(cell, last);
                }
                out[cell] = sum;
            }
        }
    }
}
