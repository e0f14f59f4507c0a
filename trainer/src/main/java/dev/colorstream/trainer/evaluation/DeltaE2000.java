package dev.colorstream.trainer.evaluation;

/**
 * The CIEDE2000 color difference, parametric factors 1. Source: Sharma, Wu, Dalal, "The CIEDE2000 Color-Difference
 * Formula: Implementation Notes, Supplementary Test Data, and Mathematical Observations", Color Research and
 * Application 30 (2005); the names are theirs.
 */
final class DeltaE2000 {
    private static final double TWENTY_FIVE_TO_THE_SEVENTH = 6_103_515_625.0;

    private DeltaE2000() {}

    /** The difference of two Lab colors: 0 where they are equal, about 1 where it can just be seen. */
    static double between(double l1, double a1, double b1, double l2, double a2, double b2) {
        double meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
        double g = 0.5 * (1 - nearNeutral(meanC));
        double a1Prime = (1 + g) * a1;
        double a2Prime = (1 + g) * a2;
        double c1 = Math.hypot(a1Prime, b1);
        double c2 = Math.hypot(a2Prime, b2);
        double h1 = hue(a1Prime, b1);
        double h2 = hue(a2Prime, b2);

        double deltaL = l2 - l1;
        double deltaC = c2 - c1;
        double deltaHue = hueDifference(h1, h2, c1 * c2);
        double deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin(Math.toRadians(deltaHue / 2));

        double meanL = (l1 + l2) / 2;
        double meanCPrime = (c1 + c2) / 2;
        double meanHue = meanHue(h1, h2, c1 * c2);
        double t = 1
                - 0.17 * Math.cos(Math.toRadians(meanHue - 30))
                + 0.24 * Math.cos(Math.toRadians(2 * meanHue))
                + 0.32 * Math.cos(Math.toRadians(3 * meanHue + 6))
                - 0.20 * Math.cos(Math.toRadians(4 * meanHue - 63));
        double fromBlue = (meanHue - 275) / 25;
        double deltaTheta = 30 * Math.exp(-fromBlue * fromBlue);
        double fromMiddle = (meanL - 50) * (meanL - 50);
        double sL = 1 + 0.015 * fromMiddle / Math.sqrt(20 + fromMiddle);
        double sC = 1 + 0.045 * meanCPrime;
        double sH = 1 + 0.015 * meanCPrime * t;
        double rT = -Math.sin(Math.toRadians(2 * deltaTheta)) * 2 * nearNeutral(meanCPrime);

        double lightness = deltaL / sL;
        double chroma = deltaC / sC;
        double hue = deltaH / sH;
        return Math.sqrt(lightness * lightness + chroma * chroma + hue * hue + rT * chroma * hue);
    }

    /** sqrt(C^7 / (C^7 + 25^7)): 0 at gray, 1 far from it. */
    private static double nearNeutral(double c) {
        double seventh = c * c * c * c * c * c * c;
        return Math.sqrt(seventh / (seventh + TWENTY_FIVE_TO_THE_SEVENTH));
    }

    private static double hue(double a, double b) {
        if (a == 0 && b == 0) {
            return 0;
        }
        double degrees = Math.toDegrees(Math.atan2(b, a));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    private static double hueDifference(double h1, double h2, double product) {
        double difference = h2 - h1;
        if (product == 0) {
            return 0;
        }
        if (difference > 180) {
            return difference - 360;
        }
        return difference < -180 ? difference + 360 : difference;
    }

    private static double meanHue(double h1, double h2, double product) {
        double sum = h1 + h2;
        if (product == 0) {
            return sum;
        }
        if (Math.abs(h1 - h2) <= 180) {
            return sum / 2;
        }
        return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
    }
}
