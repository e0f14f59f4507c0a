package dev.colorstream.trainer.evaluation;

/**
 * The share of pixels whose ab error is at most t, over t in [0,150], and the area under it (Zhang et al. 2016, section
 * 3.1). Holds sums; grows by pixels or by other curves.
 */
final class ErrorCurve {
    private static final int LONGEST = 150;

    /** Weights by error rounded up; the last takes what is beyond. */
    private final double[] weights = new double[LONGEST + 2];

    void add(double error, double weight) {
        weights[(int) Math.min(LONGEST + 1, Math.ceil(error))] += weight;
    }

    void add(ErrorCurve other) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] += other.weights[i];
        }
    }

    /** The area in percent: 100 where every error is 0. */
    double area() {
        return weighedArea().mean();
    }

    /** What these pixels add to the area of a larger set. */
    WeighedArea weighedArea() {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double within = 0;
        double area = 0;
        for (int threshold = 0; threshold <= LONGEST; threshold++) {
            within += weights[threshold];
            area += within * (threshold == 0 || threshold == LONGEST ? 0.5 : 1);
        }
        return new WeighedArea(100 * area / LONGEST, total);
    }
}
