package dev.colorstream.colorizer.abbins;

import java.util.Arrays;

/**
 * How often each ab bin occurs in the training photos, and the rebalancing weights that follow from it.
 *
 * <p>Zhang et al. 2016, section 2.2: the histogram is smoothed with a Gaussian of sigma 5 over the ab plane, mixed with
 * the uniform distribution, and inverted: {@code w ~ 1 / ((1 - lambda) p + lambda / Q)} with {@code sum p w = 1}.
 */
public final class AbPrior {
    private static final double SIGMA = 5;
    /** A bin rarer than this weighs as much as one this rare: one stray pixel must not outweigh all others. */
    private static final double RAREST = 1e-5;

    private final double[] smoothed;

    private AbPrior(double[] smoothed) {
        this.smoothed = smoothed;
    }

    /**
     * The prior of a histogram.
     *
     * @param counts how many training pixels fell into each bin; {@link AbBins#COUNT} values >= 0, not all 0
     */
    public static AbPrior ofCounts(double[] counts) {
        if (counts.length != AbBins.COUNT) {
            throw new IllegalArgumentException(counts.length + " counts, not " + AbBins.COUNT);
        }
        double sum = Arrays.stream(counts).sum();
        if (!(sum > 0)) {
            throw new IllegalArgumentException("no pixel was counted: the photos have no color");
        }
        double[] smoothed = new double[AbBins.COUNT];
        double[] share = new double[AbBins.COUNT];
        for (int from = 0; from < AbBins.COUNT; from++) {
            double total = 0;
            for (int to = 0; to < AbBins.COUNT; to++) {
                double squared = AbBins.squaredDistance(to, AbBins.a(from), AbBins.b(from));
                share[to] = Math.exp(-squared / (2 * SIGMA * SIGMA));
                total += share[to];
            }
            for (int to = 0; to < AbBins.COUNT; to++) {
                smoothed[to] += counts[from] / sum * share[to] / total;
            }
        }
        return new AbPrior(smoothed);
    }

    /**
     * The prior that once gave these {@link #probabilities()}.
     *
     * @param probabilities {@link AbBins#COUNT} values >= 0 that sum to 1; copied
     */
    public static AbPrior ofProbabilities(double[] probabilities) {
        double sum = Arrays.stream(probabilities).sum();
        if (probabilities.length != AbBins.COUNT
                || Arrays.stream(probabilities).anyMatch(probability -> !(probability >= 0))
                || Math.abs(sum - 1) > 1e-6) {
            throw new IllegalArgumentException(
                    probabilities.length + " values that sum to " + sum + " are no " + AbBins.COUNT + " probabilities");
        }
        return new AbPrior(probabilities.clone());
    }

    /** The smoothed probability of each bin; sums to 1. A copy. */
    public double[] probabilities() {
        return smoothed.clone();
    }

    /** The most probable bin. */
    public int mode() {
        int mode = 0;
        for (int bin = 1; bin < AbBins.COUNT; bin++) {
            if (smoothed[bin] > smoothed[mode]) {
                mode = bin;
            }
        }
        return mode;
    }

    /**
     * The rebalancing weight of each bin.
     *
     * @param lambda the uniform distribution's share, in [0,1]: 1 weighs every bin alike, 0 inversely to its
     *     probability, the paper has 0.5
     */
    public float[] weights(double lambda) {
        if (!(lambda >= 0 && lambda <= 1)) {
            throw new IllegalArgumentException("lambda " + lambda + " not in [0,1]");
        }
        double[] inverse = new double[AbBins.COUNT];
        double expectation = 0;
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            inverse[bin] = 1 / Math.max(RAREST, (1 - lambda) * smoothed[bin] + lambda / AbBins.COUNT);
            expectation += smoothed[bin] * inverse[bin];
        }
        float[] weights = new float[AbBins.COUNT];
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            weights[bin] = (float) (inverse[bin] / expectation);
        }
        return weights;
    }
}
