package dev.colorstream.trainer.evaluation;

/**
 * How colorful people find a photo: 0 gray, 15 slightly, 33 moderately, 59 highly, 109 extremely. Source: Hasler,
 * Suesstrunk, "Measuring colourfulness in natural images", SPIE 5007 (2003).
 */
final class Colorfulness {
    private Colorfulness() {}

    /** The colorfulness of 0xRRGGBB pixels (higher bits are ignored). */
    static double of(int[] rgb) {
        double sumRedGreen = 0;
        double sumYellowBlue = 0;
        double squaresRedGreen = 0;
        double squaresYellowBlue = 0;
        for (int pixel : rgb) {
            int red = pixel >> 16 & 0xff;
            int green = pixel >> 8 & 0xff;
            int blue = pixel & 0xff;
            double redGreen = red - green;
            double yellowBlue = (red + green) / 2.0 - blue;
            sumRedGreen += redGreen;
            sumYellowBlue += yellowBlue;
            squaresRedGreen += redGreen * redGreen;
            squaresYellowBlue += yellowBlue * yellowBlue;
        }
        double meanRedGreen = sumRedGreen / rgb.length;
        double meanYellowBlue = sumYellowBlue / rgb.length;
        double variances = squaresRedGreen / rgb.length
                - meanRedGreen * meanRedGreen
                + squaresYellowBlue / rgb.length
                - meanYellowBlue * meanYellowBlue;
        return Math.sqrt(Math.max(0, variances)) + 0.3 * Math.hypot(meanRedGreen, meanYellowBlue);
    }
}
