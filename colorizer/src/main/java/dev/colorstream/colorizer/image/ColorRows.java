package dev.colorstream.colorizer.image;

/** A color photo in sRGB as its rows, in which a writer asks for it: they need not all be there at once. */
public interface ColorRows {
    /** In pixels, at least 1. */
    int width();

    /** In pixels, at least 1. */
    int height();

    /** Whether the pixels carry opacity. */
    boolean hasAlpha();

    /** Bits of a sample: 8 or 16. */
    int bitDepth();

    /**
     * Writes a row.
     *
     * @param y in [0, height)
     * @param samples receives red, green, blue and, where there is one, alpha of each pixel, in [0, 2^bitDepth - 1], not
     *     premultiplied
     */
    void read(int y, int[] samples);
}
