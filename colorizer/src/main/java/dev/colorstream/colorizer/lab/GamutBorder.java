package dev.colorstream.colorizer.lab;

/**
 * Where colors outside the sRGB gamut enter it when they lose chroma at constant L and hue: regula falsi with the Illinois
 * rule, which halves the weight of an end that stays, for all colors at once. Vector instructions know no branches, so what
 * a color decides is a factor of 0 or 1. Used by one thread.
 */
final class GamutBorder {
    private static final int STEPS = 12;

    /** What floats make of a color on the border: it counts as inside, or the search would stay where it is. */
    private static final float ROUNDING = 5e-7f;

    private static final float BELOW_ZERO = -Float.MIN_NORMAL;

    /** Makes at least 1 of all that is above 0. */
    private static final float SIGN = 1e30f;

    private final LinearLight light;
    private final float[] lightness;
    private final float[] towardRed;
    private final float[] towardBlue;
    private final float[] shareOfRed;
    private final float[] shareOfBlue;
    private final float[] share;
    private final float[] inside;
    private final float[] outside;
    private final float[] insideExcess;
    private final float[] outsideExcess;
    private final float[] isOutside;
    private final float[] wasOutside;

    /** @param most colors at once */
    GamutBorder(int most) {
        light = new LinearLight(most);
        lightness = new float[most];
        towardRed = new float[most];
        towardBlue = new float[most];
        shareOfRed = new float[most];
        shareOfBlue = new float[most];
        share = new float[most];
        inside = new float[most];
        outside = new float[most];
        insideExcess = new float[most];
        outsideExcess = new float[most];
        isOutside = new float[most];
        wasOutside = new float[most];
    }

    /**
     * Takes a color.
     *
     * @param i its place, from 0 on
     * @param chromaRed a / 500
     * @param chromaBlue -b / 200
     * @param excess of the color, above 0
     */
    void set(int i, float l, float chromaRed, float chromaBlue, float excess) {
        lightness[i] = l;
        towardRed[i] = chromaRed;
        towardBlue[i] = chromaBlue;
        share[i] = 0;
        inside[i] = 0;
        outside[i] = 1;
        outsideExcess[i] = excess;
        wasOutside[i] = 0.5f;
    }

    /** The light of the first so many colors at the border, or nearer to gray by a trifle. */
    LinearLight find(int count) {
        light.setLightness(count, lightness);
        setShares(count, share);
        for (int i = 0; i < count; i++) {
            // Black and white lie on the border themselves.
            insideExcess[i] = Math.min(BELOW_ZERO, light.excess()[i]);
        }
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < count; i++) {
                float part = insideExcess[i] / (insideExcess[i] - outsideExcess[i]);
                share[i] = inside[i] + (outside[i] - inside[i]) * part;
            }
            setShares(count, share);
            moveEnds(count, light.excess());
        }
        setShares(count, inside);
        return light;
    }

    private void setShares(int count, float[] shares) {
        for (int i = 0; i < count; i++) {
            shareOfRed[i] = shares[i] * towardRed[i];
            shareOfBlue[i] = shares[i] * towardBlue[i];
        }
        light.setChroma(count, shareOfRed, shareOfBlue);
    }

    private void moveEnds(int count, float[] found) {
        for (int i = 0; i < count; i++) {
            isOutside[i] = Math.max(0, Math.min(1, (found[i] - ROUNDING) * SIGN));
        }
        for (int i = 0; i < count; i++) {
            inside[i] += (1 - isOutside[i]) * (share[i] - inside[i]);
            outside[i] += isOutside[i] * (share[i] - outside[i]);
        }
        for (int i = 0; i < count; i++) {
            float isInside = 1 - isOutside[i];
            float stays = 1 - 0.5f * isOutside[i] * wasOutside[i];
            float excess = isInside * found[i] + isOutside[i] * insideExcess[i] * stays;
            insideExcess[i] = Math.min(BELOW_ZERO, excess);
        }
        for (int i = 0; i < count; i++) {
            float isInside = 1 - isOutside[i];
            float stays = 1 - 0.5f * isInside * (1 - wasOutside[i]);
            outsideExcess[i] = isOutside[i] * found[i] + isInside * outsideExcess[i] * stays;
        }
        System.arraycopy(isOutside, 0, wasOutside, 0, count);
    }
}
