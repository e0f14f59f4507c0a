package dev.colorstream.colorizer.lab;

/**
 * A row of pixels in linear light: Lab colors in, sRGB components in [0,1] out, mapped into the gamut as by
 * {@link GamutMapping}. Colors inside the gamut, which most are, take loops that the compiler turns into vector
 * instructions; the others are mapped one by one. Used by one thread.
 */
public final class LinearRow {
    private final float[] red;
    private final float[] green;
    private final float[] blue;
    private final float[] excess;
    private final double[] rgb = new double[3];

    /** @param width pixels in the row */
    public LinearRow(int width) {
        red = new float[width];
        green = new float[width];
        blue = new float[width];
        excess = new float[width];
    }

    /** Red of each pixel, in [0,1]; overwritten by the next {@link #set}. */
    public float[] red() {
        return red;
    }

    /** Green of each pixel, in [0,1]; overwritten by the next {@link #set}. */
    public float[] green() {
        return green;
    }

    /** Blue of each pixel, in [0,1]; overwritten by the next {@link #set}. */
    public float[] blue() {
        return blue;
    }

    /**
     * Takes a row of colors.
     *
     * @param lightness L of each pixel, in [0,100]; likewise {@code a} and {@code b}
     */
    public void set(float[] lightness, float[] a, float[] b) {
        CieLab.toLinear(lightness, a, b, red, green, blue);
        for (int x = 0; x < red.length; x++) {
            float least = Math.min(red[x], Math.min(green[x], blue[x]));
            float most = Math.max(red[x], Math.max(green[x], blue[x]));
            excess[x] = Math.max(-least, most - 1);
        }
        for (int x = 0; x < red.length; x++) {
            // Not "above 0", so that what is no number is mapped, too.
            if (!(excess[x] <= 0)) {
                GamutMapping.toLinear(lightness[x], a[x], b[x], rgb);
                red[x] = (float) rgb[0];
                green[x] = (float) rgb[1];
                blue[x] = (float) rgb[2];
            }
        }
    }
}
