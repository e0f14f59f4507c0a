package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Prediction.AbPlane;
import dev.colorstream.colorizer.network.Prediction.BinDistribution;
import java.util.Arrays;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** What a network's last layer says of each cell, and what it is held to in training. */
public enum Head {
    /** One logit per ab bin. A target is the soft encoding times its weight: 313 values. */
    BIN_DISTRIBUTION("bin-distribution", "logits", AbBins.COUNT, AbBins.COUNT) {
        @Override
        public Prediction prediction(int height, int width, float[] values) {
            return new BinDistribution(height, width, values);
        }

        @Override
        ILossFunction loss() {
            return new RebalancedCrossEntropy();
        }
    },

    /** a and b, each divided by {@link #AB_UNIT}. A target is both and the cell's weight: 3 values. */
    AB_PLANE("ab-plane", "ab", 2, 3) {
        @Override
        public Prediction prediction(int height, int width, float[] values) {
            float[] a = new float[height * width];
            float[] b = new float[height * width];
            for (int cell = 0; cell < a.length; cell++) {
                a[cell] = values[2 * cell] * AB_UNIT;
                b[cell] = values[2 * cell + 1] * AB_UNIT;
            }
            return new AbPlane(height, width, a, b);
        }

        @Override
        ILossFunction loss() {
            return new AbSquaredError();
        }
    };

    /** What a value of 1 of an {@link #AB_PLANE} stands for: most colors of photos lie within [-1,1], none beyond 2.2. */
    public static final float AB_UNIT = 50;

    private final String wireName;
    private final String layer;
    private final int channels;
    private final int targetValues;

    Head(String wireName, String layer, int channels, int targetValues) {
        this.wireName = wireName;
        this.layer = layer;
        this.channels = channels;
        this.targetValues = targetValues;
    }

    /**
     * The head that a manifest's kind of prediction names.
     *
     * @throws IllegalArgumentException for a name that is none
     */
    public static Head named(String wireName) {
        return Arrays.stream(values())
                .filter(head -> head.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown kind of prediction '" + wireName + "'"));
    }

    /** The kind of prediction's name in a manifest. */
    public String wireName() {
        return wireName;
    }

    /** The name of the layer. */
    String layer() {
        return layer;
    }

    /** How many values the network gives for a cell. */
    public int channels() {
        return channels;
    }

    /** How many values a cell's target has in a {@link TrainingBatch}. */
    public int targetValues() {
        return targetValues;
    }

    /**
     * The prediction that a network's output of one photo is.
     *
     * @param values height x width x {@link #channels()}, row-major; the prediction owns them
     */
    public abstract Prediction prediction(int height, int width, float[] values);

    /** The loss over rows of cells. */
    abstract ILossFunction loss();
}
