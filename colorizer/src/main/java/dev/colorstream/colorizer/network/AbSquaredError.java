package dev.colorstream.colorizer.network;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The squared distance in the ab plane over rows (a, b): {@code w ((a - a')^2 + (b - b')^2)}, where a row of labels is
 * (a', b', w). A weight of 0 takes a cell out.
 *
 * <p>The activation that the loss interface hands over is not used: the network's output is the color.
 */
@SuppressWarnings("serial") // ND4J's interface is Serializable; there are no fields.
public final class AbSquaredError implements ILossFunction {
    private static final int COLORS = 2;

    private static INDArray difference(INDArray labels, INDArray colors) {
        return colors.sub(labels.get(NDArrayIndex.all(), NDArrayIndex.interval(0, COLORS)));
    }

    private static INDArray weights(INDArray labels, @Nullable INDArray mask) {
        INDArray weights = labels.get(NDArrayIndex.all(), NDArrayIndex.interval(COLORS, COLORS + 1));
        return mask == null ? weights : weights.mul(mask);
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray colors, IActivation activation, @Nullable INDArray mask, boolean average) {
        double sum =
                computeScoreArray(labels, colors, activation, mask).sumNumber().doubleValue();
        return average ? sum / labels.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray colors, IActivation activation, @Nullable INDArray mask) {
        INDArray difference = difference(labels, colors);
        return difference.muli(difference).sum(true, 1).muli(weights(labels, mask));
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray colors, IActivation activation, @Nullable INDArray mask) {
        return difference(labels, colors).muli(2).muliColumnVector(weights(labels, mask));
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray colors, IActivation activation, @Nullable INDArray mask, boolean average) {
        return new Pair<>(
                computeScore(labels, colors, activation, mask, average),
                computeGradient(labels, colors, activation, mask));
    }

    @Override
    public String name() {
        return "AbSquaredError";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AbSquaredError;
    }

    @Override
    public int hashCode() {
        return AbSquaredError.class.hashCode();
    }
}
