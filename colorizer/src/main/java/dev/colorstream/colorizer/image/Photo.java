package dev.colorstream.colorizer.image;

/**
 * A decoded photo as the colorizer sees it: its lightness, and what must come back unchanged.
 *
 * <p>The arrays are the photo's own: not copied, not to be changed after they were handed over.
 *
 * @param width in pixels, at least 1; likewise {@code height}
 * @param luminance CIE L in [0,100] of each pixel, height x width, row-major
 * @param bitDepth of the file's samples: 8 (or fewer) or 16
 * @param alpha opacity of each pixel in [0, 2^bitDepth - 1], height x width, row-major; empty where the photo has none
 * @param format of the file it was read from
 * @param hadColor whether the file already showed color; only its L is kept
 * @param notes what the file says beside its picture
 */
public record Photo(
        int width,
        int height,
        float[] luminance,
        int bitDepth,
        char[] alpha,
        PhotoFormat format,
        boolean hadColor,
        PhotoNotes notes) {
    public Photo {
        if (width < 1 || height < 1 || luminance.length != width * height) {
            throw new IllegalArgumentException(luminance.length + " values are not " + width + " x " + height);
        }
        if (bitDepth != 8 && bitDepth != 16) {
            throw new IllegalArgumentException("bit depth " + bitDepth + ", not 8 or 16");
        }
        if (alpha.length != 0 && alpha.length != luminance.length) {
            throw new IllegalArgumentException(alpha.length + " alpha values, not " + luminance.length);
        }
    }

    /** A photo whose file says nothing beside its picture. */
    public Photo(
            int width,
            int height,
            float[] luminance,
            int bitDepth,
            char[] alpha,
            PhotoFormat format,
            boolean hadColor) {
        this(width, height, luminance, bitDepth, alpha, format, hadColor, PhotoNotes.NONE);
    }

    /** Whether some pixels may be transparent. */
    public boolean hasAlpha() {
        return alpha.length > 0;
    }

    /** How many pixels. */
    public int pixels() {
        return luminance.length;
    }
}
