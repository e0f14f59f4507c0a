package dev.colorstream.colorizer.lab;

/** The way into the sRGB gamut as it reads in a book, in doubles and one color at a time, to hold the fast one to. */
final class GamutReference {
    /** The border is met when a channel lies this near: 0.03 of an 8-bit code where the code's steps are smallest. */
    private static final double NEAR = 1e-5;

    /** Steps toward the border; five are usual. */
    private static final int STEPS = 24;

    /** Colors on the border that came through floats lie this far outside; L, a and b move by less than 0.001. */
    private static final double ROUNDING = 4e-7;

    private GamutReference() {}

    /**
     * Writes the linear sRGB color of L, a, b, mapped into the gamut.
     *
     * @param lightness L; outside [0,100] the nearer end is taken
     * @param rgb receives red, green, blue, each in [0,1]
     * @return the share of the chroma that is kept: 1 for a color inside the gamut, 0 for one that becomes gray
     */
    static double toLinear(double lightness, double a, double b, double[] rgb) {
        double l = Math.max(0, Math.min(100, lightness));
        double kept = share(l, a, b);
        CieLab.toLinear(l, a * kept, b * kept, rgb);
        for (int channel = 0; channel < 3; channel++) {
            rgb[channel] = Math.max(0, Math.min(1, rgb[channel]));
        }
        return kept;
    }

    private static double share(double l, double a, double b) {
        double fy = (l + 16) * (1.0 / 116);
        double towardRed = a * (1.0 / 500);
        double towardBlue = -b * (1.0 / 200);
        double excess = excess(fy, towardRed, towardBlue);
        return excess > 0 ? border(fy, towardRed, towardBlue, excess) : 1;
    }

    /**
     * The share of the chroma at which the color enters the gamut, from inside: regula falsi with the Illinois rule, which
     * halves the weight of an end that stays.
     *
     * @param excess of the color with all its chroma, above 0
     */
    private static double border(double fy, double towardRed, double towardBlue, double excess) {
        double inside = 0;
        double outside = 1;
        double insideExcess = Math.min(-Double.MIN_NORMAL, excess(fy, 0, 0));
        double outsideExcess = excess;
        boolean wasInside = false;
        for (int step = 0; step < STEPS; step++) {
            double share = inside + (outside - inside) * insideExcess / (insideExcess - outsideExcess);
            double found = excess(fy, share * towardRed, share * towardBlue);
            if (found > 0) {
                outside = share;
                outsideExcess = found;
                if (!wasInside && step > 0) {
                    insideExcess /= 2;
                }
                wasInside = false;
            } else {
                inside = share;
                insideExcess = found;
                if (found > -NEAR) {
                    return inside;
                }
                if (wasInside) {
                    outsideExcess /= 2;
                }
                wasInside = true;
            }
        }
        return inside;
    }

    private static double excess(double fy, double towardRed, double towardBlue) {
        double[] rgb = new double[3];
        CieLab.toLinear(116 * fy - 16, 500 * towardRed, -200 * towardBlue, rgb);
        double least = Math.min(rgb[0], Math.min(rgb[1], rgb[2]));
        double most = Math.max(rgb[0], Math.max(rgb[1], rgb[2]));
        return Math.max(-least, most - 1) - ROUNDING;
    }
}
