package dev.colorstream.colorizer.lab;

/**
 * The way into the sRGB gamut: a color outside loses chroma, at constant L and hue, until it is inside; a color inside
 * stays as it is. Clamping red, green and blue instead would change L.
 */
public final class GamutMapping {
    /** Halvings of the interval that holds the gamut's border: 2^-17 of the chroma, at most 0.0015 ab units. */
    private static final int HALVINGS = 17;

    /** Colors on the border that came through floats lie this far outside; L, a and b move by less than 0.001. */
    private static final double ROUNDING = 4e-7;

    private GamutMapping() {}

    /**
     * Writes the linear sRGB color of L, a, b, mapped into the gamut.
     *
     * @param lightness L; outside [0,100] the nearer end is taken
     * @param rgb receives red, green, blue, each in [0,1]
     * @return the share of the chroma that is kept: 1 for a color inside the gamut, 0 for one that becomes gray
     */
    public static double toLinear(double lightness, double a, double b, double[] rgb) {
        double inside = 1;
        double l = Math.max(0, Math.min(100, lightness));
        CieLab.toLinear(l, a, b, rgb);
        if (!isInside(rgb)) {
            inside = 0;
            double outside = 1;
            for (int i = 0; i < HALVINGS; i++) {
                double middle = (inside + outside) / 2;
                CieLab.toLinear(l, a * middle, b * middle, rgb);
                if (isInside(rgb)) {
                    inside = middle;
                } else {
                    outside = middle;
                }
            }
            CieLab.toLinear(l, a * inside, b * inside, rgb);
        }
        for (int channel = 0; channel < 3; channel++) {
            rgb[channel] = Math.max(0, Math.min(1, rgb[channel]));
        }
        return inside;
    }

    private static boolean isInside(double[] rgb) {
        return isInside(rgb[0]) && isInside(rgb[1]) && isInside(rgb[2]);
    }

    private static boolean isInside(double channel) {
        return channel >= -ROUNDING && channel <= 1 + ROUNDING;
    }
}
