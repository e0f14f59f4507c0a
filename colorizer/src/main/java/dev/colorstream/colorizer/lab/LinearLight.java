package dev.colorstream.colorizer.lab;

/**
 * Colors of a row as linear light, and how far each lies outside the sRGB gamut; floats, within 1e-6 of {@link CieLab}. Every
 * loop does so little that the compiler turns it into vector instructions, which it does not with longer ones; that makes
 * the whole five times as fast. Used by one thread.
 */
final class LinearLight {
    /** What floats make of a color on the gamut's border; L, a and b move by less than 0.001. */
    private static final float ROUNDING = 5e-7f;

    private static final float LIMIT = (float) CieLab.CUBE_ROOT_OF_EPSILON;
    private static final float SLOPE = (float) (116 / CieLab.KAPPA);

    private final float[] fy;
    private final float[] x;
    private final float[] y;
    private final float[] z;
    private final float[] red;
    private final float[] green;
    private final float[] blue;
    private final float[] excess;

    /** @param most colors at once */
    LinearLight(int most) {
        fy = new float[most];
        x = new float[most];
        y = new float[most];
        z = new float[most];
        red = new float[most];
        green = new float[most];
        blue = new float[most];
        excess = new float[most];
    }

    /** Linear red of each color, beyond [0,1] outside the gamut. */
    float[] red() {
        return red;
    }

    /** Linear green of each color. */
    float[] green() {
        return green;
    }

    /** Linear blue of each color. */
    float[] blue() {
        return blue;
    }

    /** How far the component that is farthest outside lies beyond [0,1]; 0 or less inside the gamut. */
    float[] excess() {
        return excess;
    }

    /**
     * Takes the lightness of the colors.
     *
     * @param lightness L in [0,100] of the first {@code count}
     */
    void setLightness(int count, float[] lightness) {
        for (int i = 0; i < count; i++) {
            fy[i] = (lightness[i] + 16) * (1f / 116);
        }
        for (int i = 0; i < count; i++) {
            y[i] = fInverse(fy[i]);
        }
    }

    /**
     * Takes their chroma and gives their light.
     *
     * @param towardRed a / 500 of the first {@code count}
     * @param towardBlue -b / 200
     */
    void setChroma(int count, float[] towardRed, float[] towardBlue) {
        for (int i = 0; i < count; i++) {
            x[i] = fInverse(fy[i] + towardRed[i]);
        }
        for (int i = 0; i < count; i++) {
            z[i] = fInverse(fy[i] + towardBlue[i]);
        }
        mix(count, (float) CieLab.RED_OF_X, (float) CieLab.RED_OF_Y, (float) CieLab.RED_OF_Z, red);
        mix(count, (float) CieLab.GREEN_OF_X, (float) CieLab.GREEN_OF_Y, (float) CieLab.GREEN_OF_Z, green);
        mix(count, (float) CieLab.BLUE_OF_X, (float) CieLab.BLUE_OF_Y, (float) CieLab.BLUE_OF_Z, blue);
        for (int i = 0; i < count; i++) {
            float least = Math.min(red[i], Math.min(green[i], blue[i]));
            float most = Math.max(red[i], Math.max(green[i], blue[i]));
            excess[i] = Math.max(-least, most - 1) - ROUNDING;
        }
    }

    private void mix(int count, float ofX, float ofY, float ofZ, float[] component) {
        for (int i = 0; i < count; i++) {
            component[i] = ofX * x[i] + ofY * y[i] + ofZ * z[i];
        }
    }

    /** Without a branch: the larger of t and the limit cubed, and the tangent there along what t lacks. */
    private static float fInverse(float t) {
        float apart = Math.abs(t - LIMIT);
        float larger = 0.5f * (t + LIMIT + apart);
        return larger * larger * larger + SLOPE * (0.5f * (t - LIMIT - apart));
    }
}
