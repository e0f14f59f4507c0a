package dev.colorstream.colorizer.lab;

/**
 * A row of pixels in linear light: Lab colors in, sRGB components in [0,1] out, mapped into the gamut: a color outside loses
 * chroma, at constant L and hue, until it is inside; a color inside stays as it is. Clamping red, green and blue instead
 * would change L. Used by one thread.
 */
public final class LinearRow {
    private final LinearLight light;
    private final GamutBorder border;
    private final float[] towardRed;
    private final float[] towardBlue;
    private final int[] outside;

    /** @param width pixels in the row */
    public LinearRow(int width) {
        light = new LinearLight(width);
        border = new GamutBorder(width);
        towardRed = new float[width];
        towardBlue = new float[width];
        outside = new int[width];
    }

    /** Red of each pixel, in [0,1]; overwritten by the next {@link #set}. */
    public float[] red() {
        return light.red();
    }

    /** Green of each pixel, in [0,1]; overwritten by the next {@link #set}. */
    public float[] green() {
        return light.green();
    }

    /** Blue of each pixel, in [0,1]; overwritten by the next {@link #set}. */
    public float[] blue() {
        return light.blue();
    }

    /**
     * Takes a row of colors.
     *
     * @param lightness L of each pixel, in [0,100]; likewise {@code a} and {@code b}
     */
    public void set(float[] lightness, float[] a, float[] b) {
        int width = outside.length;
        for (int x = 0; x < width; x++) {
            towardRed[x] = a[x] * (1f / 500);
            towardBlue[x] = b[x] * (-1f / 200);
        }
        light.setLightness(width, lightness);
        light.setChroma(width, towardRed, towardBlue);
        int count = 0;
        for (int x = 0; x < width; x++) {
            if (light.excess()[x] > 0) {
                border.set(count, lightness[x], towardRed[x], towardBlue[x], light.excess()[x]);
                outside[count++] = x;
            }
        }
        if (count > 0) {
            LinearLight mapped = border.find(count);
            for (int i = 0; i < count; i++) {
                light.red()[outside[i]] = mapped.red()[i];
                light.green()[outside[i]] = mapped.green()[i];
                light.blue()[outside[i]] = mapped.blue()[i];
            }
        }
        clamp(light.red());
        clamp(light.green());
        clamp(light.blue());
    }

    /** Rounding leaves colors on the border a millionth outside. */
    private static void clamp(float[] component) {
        for (int x = 0; x < component.length; x++) {
            component[x] = Math.max(0, Math.min(1, component[x]));
        }
    }
}
