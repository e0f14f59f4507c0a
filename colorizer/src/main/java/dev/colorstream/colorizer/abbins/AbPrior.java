package dev.colorstream.colorizer.abbins;

import java.util.Arrays;

/**
 * How often each ab bin occurs in the training photos and in how many of them, and the rebalancing weights that follow
 * from it.
 *
 * <p>Zhang et al. 2016, section 2.2: the histogram is smoothed with a Gaussian of sigma 5 over the ab plane, mixed with
 * the uniform distribution, and inverted: {@code w ~ 1 / ((1 - lambda) p + lambda / Q)} with {@code sum p w = 1}.
 *
 * <p>Where photos are few, a rare bin is the color of two or three of them, and its weight teaches these by heart. So a
 * bin's weight may be held back by a factor {@code n / (n + n0)}, with n the number of photos behind the bin (Kish's
 * effective sample size).
 */
public final class AbPrior {
    private static final double SIGMA = 5;
    /** A bin rarer than this weighs as much as one this rare: one stray pixel must not outweigh all others. */
    private static final double RAREST = 1e-5;

    private final double[] smoothed;
    private final double[] photos;

    private AbPrior(double[] smoothed, double[] photos) {
        this.smoothed = smoothed;
        this.photos = photos;
    }

    /** The histograms of many photos, added up. */
    public static final class Tally {
        private final double[] sums = new double[AbBins.COUNT];
        private final double[] squares = new double[AbBins.COUNT];

        /**
         * Adds a photo.
         *
         * @param counts how many of its pixels fell into each bin; {@link AbBins#COUNT} values >= 0
         */
        public void add(double[] counts) {
            double[] smoothed = smooth(counts);
            for (int bin = 0; bin < AbBins.COUNT; bin++) {
                sums[bin] += smoothed[bin];
                squares[bin] += smoothed[bin] * smoothed[bin];
            }
        }

        /** Adds all photos of another tally. */
        public void add(Tally other) {
            for (int bin = 0; bin < AbBins.COUNT; bin++) {
                sums[bin] += other.sums[bin];
                squares[bin] += other.squares[bin];
            }
        }

        /**
         * The prior of all photos so far.
         *
         * @throws IllegalArgumentException where no pixel was counted
         */
        public AbPrior prior() {
            double sum = Arrays.stream(sums).sum();
            if (!(sum > 0)) {
                throw new IllegalArgumentException("no pixel was counted: the photos have no color");
            }
            double[] probabilities = new double[AbBins.COUNT];
            double[] photos = new double[AbBins.COUNT];
            for (int bin = 0; bin < AbBins.COUNT; bin++) {
                probabilities[bin] = sums[bin] / sum;
                photos[bin] = squares[bin] > 0 ? Math.max(1, sums[bin] * sums[bin] / squares[bin]) : 1;
            }
            return new AbPrior(probabilities, photos);
        }
    }

    private static double[] smooth(double[] counts) {
        if (counts.length != AbBins.COUNT) {
            throw new IllegalArgumentException(counts.length + " counts, not " + AbBins.COUNT);
        }
        double[] smoothed = new double[AbBins.COUNT];
        double[] share = new double[AbBins.COUNT];
        for (int from = 0; from < AbBins.COUNT; from++) {
            if (counts[from] == 0) {
                continue;
            }
            double total = 0;
            for (int to = 0; to < AbBins.COUNT; to++) {
                double squared = AbBins.squaredDistance(to, AbBins.a(from), AbBins.b(from));
                share[to] = Math.exp(-squared / (2 * SIGMA * SIGMA));
                total += share[to];
            }
            for (int to = 0; to < AbBins.COUNT; to++) {
                smoothed[to] += counts[from] * share[to] / total;
            }
        }
        return smoothed;
    }

    /**
     * The prior that once gave these {@link #probabilities()} and {@link #photos()}.
     *
     * @param probabilities {@link AbBins#COUNT} values >= 0 that sum to 1; copied
     * @param photos {@link AbBins#COUNT} values >= 1; copied
     */
    public static AbPrior of(double[] probabilities, double[] photos) {
        if (photos.length != AbBins.COUNT || Arrays.stream(photos).anyMatch(number -> !(number >= 1))) {
            throw new IllegalArgumentException(photos.length + " values of which some may be below 1 are no "
                    + AbBins.COUNT + " numbers of photos");
        }
        double sum = Arrays.stream(probabilities).sum();
        if (probabilities.length != AbBins.COUNT
                || Arrays.stream(probabilities).anyMatch(probability -> !(probability >= 0))
                || Math.abs(sum - 1) > 1e-6) {
            throw new IllegalArgumentException(
                    probabilities.length + " values that sum to " + sum + " are no " + AbBins.COUNT + " probabilities");
        }
        return new AbPrior(probabilities.clone(), photos.clone());
    }

    /** The smoothed probability of each bin; sums to 1. A copy. */
    public double[] probabilities() {
        return smoothed.clone();
    }

    /**
     * The number of photos behind each bin, at least 1: {@code (sum h)^2 / sum h^2} over the photos' smoothed histograms h.
     * As many photos as show it, where all show as much of it. A copy.
     */
    public double[] photos() {
        return photos.clone();
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
     * The paper's rebalancing weight of each bin.
     *
     * @param lambda the uniform distribution's share, in [0,1]: 1 weighs every bin alike, 0 inversely to its
     *     probability, the paper has 0.5
     */
    public float[] weights(double lambda) {
        return weights(lambda, 0);
    }

    /**
     * The rebalancing weight of each bin, held back for bins that few photos show.
     *
     * @param evidencePhotos n0 >= 0, the photos behind a bin that has half of the weight it would have with many; with 0 all
     *     have their whole weight
     */
    public float[] weights(double lambda, double evidencePhotos) {
        if (!(lambda >= 0 && lambda <= 1)) {
            throw new IllegalArgumentException("lambda " + lambda + " not in [0,1]");
        }
        if (!(evidencePhotos >= 0)) {
            throw new IllegalArgumentException(evidencePhotos + " photos as evidence are none");
        }
        double[] inverse = new double[AbBins.COUNT];
        double expectation = 0;
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            double trust = photos[bin] / (photos[bin] + evidencePhotos);
            inverse[bin] = trust / Math.max(RAREST, (1 - lambda) * smoothed[bin] + lambda / AbBins.COUNT);
            expectation += smoothed[bin] * inverse[bin];
        }
        float[] weights = new float[AbBins.COUNT];
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            weights[bin] = (float) (inverse[bin] / expectation);
        }
        return weights;
    }
}
