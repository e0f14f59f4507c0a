package dev.colorstream.colorizer.image;

import org.jspecify.annotations.Nullable;

/**
 * How a stored picture is turned and mirrored to be displayed: the values 1 to 8 of the tag Orientation of EXIF and
 * TIFF, in that order.
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    MIRRORED_UPSIDE_DOWN(false, false, true),
    TRANSPOSED(true, false, false),
    TURNED_RIGHT(true, false, true),
    TRANSVERSED(true, true, true),
    TURNED_LEFT(true, true, false);

    private final boolean swapsSides;
    private final boolean fromRight;
    private final boolean fromBottom;

    /**
     * @param swapsSides whether a displayed row is a stored column
     * @param fromRight whether stored columns are read from the right
     * @param fromBottom whether stored rows are read from the bottom
     */
    Orientation(boolean swapsSides, boolean fromRight, boolean fromBottom) {
        this.swapsSides = swapsSides;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** The orientation of a tag's value; upright where it is none of the eight. */
    static Orientation of(@Nullable Integer value) {
        return value == null || value < 1 || value > values().length ? UPRIGHT : values()[value - 1];
    }

    /** Whether a displayed row is a stored column. */
    boolean swapsSides() {
        return swapsSides;
    }

    /**
     * Where the first pixel of a stored row is displayed, as an index into the displayed rows.
     *
     * @param width of the stored picture; likewise {@code height}
     */
    int first(int y, int width, int height) {
        int row = fromBottom ? height - 1 - y : y;
        int column = fromRight ? width - 1 : 0;
        return swapsSides ? column * height + row : row * width + column;
    }

    /**
     * How far the next pixel of a stored row is displayed from the one before it.
     *
     * @param height of the stored picture
     */
    int step(int height) {
        int forward = swapsSides ? height : 1;
        return fromRight ? -forward : forward;
    }
}
