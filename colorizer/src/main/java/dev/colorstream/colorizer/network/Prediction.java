package dev.colorstream.colorizer.network;

/** What a network says of the color of a batch of photos, at a quarter of the input's size. */
public sealed interface Prediction {
    /** How many photos. */
    int photos();

    /** The predicted plane's height in cells. */
    int height();

    /** The predicted plane's width in cells. */
    int width();

    /**
     * A distribution over the ab bins for each cell.
     *
     * @param logits photos x height x width x 313, row-major: unnormalized log probabilities; owned by the receiver
     */
    record BinDistribution(int photos, int height, int width, float[] logits) implements Prediction {}

    /**
     * One color for each cell.
     *
     * @param a photos x height x width, row-major; likewise {@code b}; owned by the receiver
     */
    record AbPlane(int photos, int height, int width, float[] a, float[] b) implements Prediction {}
}
