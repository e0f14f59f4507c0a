package dev.colorstream.colorizer.network;

import java.util.List;

/**
 * What runs a network forward: luminance in, a prediction of color out. Safe from several threads; calls to
 * one engine run one after another, unless it is {@link EngineLanes}.
 */
public interface InferenceEngine extends AutoCloseable {
    /** S: the side of the square luminance plane that the network reads. */
    int inputSize();

    /**
     * One forward pass.
     *
     * @param luminance photos x S x S, row-major, L in [0,100]; not kept
     * @param photos how many, at least 1
     * @return as many predictions, in the same order
     */
    List<Prediction> predict(float[] luminance, int photos);

    /** Frees the native memory; a later {@link #predict} throws {@link IllegalStateException}. */
    @Override
    void close();
}
