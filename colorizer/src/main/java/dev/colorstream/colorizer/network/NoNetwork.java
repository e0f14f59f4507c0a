package dev.colorstream.colorizer.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An engine without a network, to measure all else: a pass takes a set time without work, and every color is as probable as
 * any other.
 */
public final class NoNetwork implements InferenceEngine {
    private final int inputSize;
    private final long nanosPerPass;

    /**
     * @param inputSize S, a multiple of {@link Architecture#SIZE_STEP}
     * @param millisecondsPerPass 0 or more
     */
    public NoNetwork(int inputSize, long millisecondsPerPass) {
        this.inputSize = Architecture.requireInputSize(inputSize);
        this.nanosPerPass = TimeUnit.MILLISECONDS.toNanos(millisecondsPerPass);
    }

    @Override
    public int inputSize() {
        return inputSize;
    }

    @Override
    public synchronized List<Prediction> predict(float[] luminance, int photos) {
        long end = System.nanoTime() + nanosPerPass;
        for (long left = nanosPerPass; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        int side = inputSize / Architecture.REDUCTION;
        List<Prediction> predictions = new ArrayList<>();
        for (int photo = 0; photo < photos; photo++) {
            Head head = Head.BIN_DISTRIBUTION;
            predictions.add(head.prediction(side, side, new float[side * side * head.channels()]));
        }
        return predictions;
    }

    @Override
    public void close() {}
}
