package dev.colorstream.trainer.evaluation;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.abbins.SoftEncoding;

/** How often each ab bin occurs in a set of pixels. Holds sums; grows by pixels or by other histograms. */
final class BinHistogram {
    private static final SoftEncoding NEAREST = new SoftEncoding(1);

    /** A bin with a smaller share of the pixels does not count as used. */
    private static final double LEAST_SHARE = 1e-5;

    private final double[] weights = new double[AbBins.COUNT];

    static int nearest(float a, float b) {
        return NEAREST.nearest(a, b);
    }

    void add(float a, float b, double weight) {
        weights[nearest(a, b)] += weight;
    }

    void add(BinHistogram other) {
        for (int bin = 0; bin < weights.length; bin++) {
            weights[bin] += other.weights[bin];
        }
    }

    /** The share of the bins that at least one pixel in 100,000 falls into. */
    double shareUsed() {
        int used = 0;
        for (double share : shares()) {
            used += share >= LEAST_SHARE ? 1 : 0;
        }
        return (double) used / weights.length;
    }

    /** The Jensen-Shannon distance (base 2) to another histogram: 0 where they are equal, 1 where they never meet. */
    double distance(BinHistogram other) {
        double[] ours = shares();
        double[] theirs = other.shares();
        double divergence = 0;
        for (int bin = 0; bin < ours.length; bin++) {
            double middle = (ours[bin] + theirs[bin]) / 2;
            divergence += (surprise(ours[bin], middle) + surprise(theirs[bin], middle)) / 2;
        }
        return Math.sqrt(Math.max(0, divergence));
    }

    private static double surprise(double share, double middle) {
        return share == 0 ? 0 : share * Math.log(share / middle) / Math.log(2);
    }

    private double[] shares() {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double[] shares = new double[weights.length];
        for (int bin = 0; bin < weights.length; bin++) {
            shares[bin] = weights[bin] / total;
        }
        return shares;
    }
}
