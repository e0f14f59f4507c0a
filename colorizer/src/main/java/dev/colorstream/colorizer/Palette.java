package dev.colorstream.colorizer;

import dev.colorstream.colorizer.annealing.AnnealedMean;

/**
 * The taste that a photo is colored with.
 *
 * @param temperature of the annealed mean, in (0,1]: lower is more vivid and less smooth
 * @param saturation factor on chroma, in [0,{@value #MOST_SATURATION}]: 0 is gray, 1 is as predicted
 */
public record Palette(double temperature, double saturation) {
    /** The upper end of saturation. */
    public static final double MOST_SATURATION = 2;

    /** The paper's temperature, chroma as predicted. */
    public static final Palette DEFAULT = new Palette(AnnealedMean.PAPER_TEMPERATURE, 1);

    public Palette {
        if (!(temperature > 0 && temperature <= 1)) {
            throw new IllegalArgumentException("temperature " + temperature + " not in (0,1]");
        }
        if (!(saturation >= 0 && saturation <= MOST_SATURATION)) {
            throw new IllegalArgumentException("saturation " + saturation + " not in [0," + MOST_SATURATION + "]");
        }
    }
}
