package dev.colorstream.colorizer.lab;

import java.util.function.DoubleUnaryOperator;

/** A smooth function over [0,1], sampled at even steps and read by linear interpolation. */
final class SampledCurve {
    private static final int STEPS = 1 << 15;

    private final double[] samples = new double[STEPS + 1];

    SampledCurve(DoubleUnaryOperator function) {
        for (int step = 0; step <= STEPS; step++) {
            samples[step] = function.applyAsDouble(step / (double) STEPS);
        }
    }

    /** The function's value at x; outside [0,1] its value at the nearer end. */
    double at(double x) {
        double position = Math.max(0, Math.min(1, x)) * STEPS;
        int step = Math.min(STEPS - 1, (int) position);
        return samples[step] + (position - step) * (samples[step + 1] - samples[step]);
    }
}
