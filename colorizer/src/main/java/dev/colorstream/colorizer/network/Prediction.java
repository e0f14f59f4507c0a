package dev.colorstream.colorizer.network;

/** What a network says of the color of one photo, at a quarter of the input's size. */
public sealed interface Prediction {
    /** The predicted plane's height in cells. */
    int height();

    /** The predicted plane's width in cells. */
    int width();

    /**
     * A distribution over the ab bins for each cell.
     *
     * @param logits height x width x 313, row-major: unnormalized log probabilities; owned by the receiver
     */
    record BinDistribution(int height, int width, float[] logits) implements Prediction {}

    /**
     * One color for each cell.
     *
     * @param a height x width, row-major; likewise {@code b}; owned by the receiver
     */
    record AbPlane(int height, int width, float[] a, float[] b) implements Prediction {}
}
