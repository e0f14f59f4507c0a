package dev.colorstream.colorizer.annealing;

import dev.colorstream.colorizer.abbins.AbBins;

/**
 * The annealed mean of a distribution over the ab bins: the expectation of the bins' centers under the distribution
 * sharpened to {@code softmax(log p / T)} (Zhang et al. 2016, section 2.3). T = 1 gives the mean, T toward 0 the mode.
 */
public final class AnnealedMean {
    /** The paper's temperature: vivid as the mode, smooth as the mean. */
    public static final double PAPER_TEMPERATURE = 0.38;

    /** Shares below e^-20 of the largest count as that: all of them move the mean by less than 313 x 110 x e^-20, 7e-5. */
    private static final float NEGLIGIBLE = 20;

    private static final double[] A = new double[AbBins.COUNT];
    private static final double[] B = new double[AbBins.COUNT];

    static {
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            A[bin] = AbBins.a(bin);
            B[bin] = AbBins.b(bin);
        }
    }

    private final float inverseTemperature;

    /**
     * @param temperature T in (0,1]
     */
    public AnnealedMean(double temperature) {
        if (!(temperature > 0 && temperature <= 1)) {
            throw new IllegalArgumentException("temperature " + temperature + " not in (0,1]");
        }
        this.inverseTemperature = (float) (1 / temperature);
    }

    /**
     * Writes one ab color for each cell; NaN for a cell with a logit that is NaN or positive infinity.
     *
     * @param logits cells x {@link AbBins#COUNT}, row-major from {@code offset} on: log probabilities up to a constant
     *     for each cell
     * @param cells how many cells
     * @param a receives the a of each cell from index 0 on; likewise {@code b}
     */
    public void decode(float[] logits, int offset, int cells, float[] a, float[] b) {
        float[] shares = new float[AbBins.COUNT];
        for (int cell = 0; cell < cells; cell++) {
            System.arraycopy(logits, offset + cell * AbBins.COUNT, shares, 0, AbBins.COUNT);
            sharpen(shares, highest(shares));
            double sum = 0;
            double sumA = 0;
            double sumB = 0;
            for (int bin = 0; bin < AbBins.COUNT; bin++) {
                double share = shares[bin];
                sum += share;
                sumA += share * A[bin];
                sumB += share * B[bin];
            }
            a[cell] = (float) (sumA / sum);
            b[cell] = (float) (sumB / sum);
        }
    }

    private static float highest(float[] logits) {
        float highest = logits[0];
        for (float logit : logits) {
            if (logit > highest) {
                highest = logit;
            }
        }
        return highest;
    }

    /**
     * Replaces each logit by e^-x of its fall x below the highest, divided by T; NaN by NaN. The series of e^(-x/64) to
     * the fifth power, six times squared: within 1e-5 of itself up to x = 10, within 1e-4 beyond, and in a loop that the
     * compiler turns into vector instructions, which calls of {@link Math#exp} would prevent.
     */
    private void sharpen(float[] logits, float highest) {
        float scale = inverseTemperature;
        for (int bin = 0; bin < logits.length; bin++) {
            float x = Math.min(NEGLIGIBLE, (highest - logits[bin]) * scale) * (-1f / 64);
            float power = 1 + x * (1 + x * (1f / 2 + x * (1f / 6 + x * (1f / 24 + x * (1f / 120)))));
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            logits[bin] = power;
        }
    }
}
