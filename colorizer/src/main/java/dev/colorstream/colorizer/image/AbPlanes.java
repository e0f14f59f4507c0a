package dev.colorstream.colorizer.image;

/**
 * The a and the b of a grid of cells that covers a photo.
 *
 * @param height in cells, at least 1; likewise {@code width}
 * @param a height x width, row-major; likewise {@code b}; not copied, not to be changed
 */
public record AbPlanes(int height, int width, float[] a, float[] b) {
    public AbPlanes {
        if (height < 1 || width < 1 || a.length != height * width || b.length != height * width) {
            throw new IllegalArgumentException(
                    "planes of " + a.length + " and " + b.length + " values are not " + height + " x " + width);
        }
    }
}
