package dev.colorstream.colorizer.image;

/**
 * What a photo may cost at most: a decoder refuses more before it allocates for it.
 *
 * @param maxBytes of the file
 * @param maxPixels width x height, at most {@link #MOST_PIXELS}
 * @param maxSide the longer of width and height, at most {@link #LONGEST_SIDE}
 */
public record DecodeLimits(long maxBytes, long maxPixels, int maxSide) {
    /** The longest side that a JPEG file can be written with. */
    public static final int LONGEST_SIDE = 65_500;

    /** The most pixels that fit the arrays of a decoded photo. */
    public static final long MOST_PIXELS = 1 << 29;

    public DecodeLimits {
        if (maxBytes < 1 || maxPixels < 1 || maxSide < 1) {
            throw new IllegalArgumentException(
                    "limits must be at least 1: " + maxBytes + " bytes, " + maxPixels + " pixels, side " + maxSide);
        }
        if (maxPixels > MOST_PIXELS) {
            throw new IllegalArgumentException("maximum " + maxPixels + " pixels above " + MOST_PIXELS);
        }
        if (maxSide > LONGEST_SIDE) {
            throw new IllegalArgumentException("maximum side " + maxSide + " above " + LONGEST_SIDE);
        }
    }
}
