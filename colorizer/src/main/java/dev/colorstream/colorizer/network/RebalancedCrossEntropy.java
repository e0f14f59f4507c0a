package dev.colorstream.colorizer.network;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LogSoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The loss of Zhang et al. 2016, equation 2, over rows of logits z: {@code -sum_q t_q log softmax(z)_q}, where
 * t is a pixel's soft encoding times its rebalancing weight. Rows of t need not sum to 1, so the gradient is
 * {@code sum_q t_q * softmax(z) - t}; ND4J's own cross entropy assumes a sum of 1.
 *
 * <p>The activation that the loss interface hands over is not used: the softmax is part of the loss.
 */
@SuppressWarnings("serial") // ND4J's interface is Serializable; there are no fields.
public final class RebalancedCrossEntropy implements ILossFunction {
    private static final int BINS_DIMENSION = 1;
    private static final double LOWEST_LOG_PROBABILITY = -200;

    @Override
    public double computeScore(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask, boolean average) {
        double sum =
                computeScoreArray(labels, logits, activation, mask).sumNumber().doubleValue();
        return average ? sum / labels.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask) {
        INDArray logProbabilities = Nd4j.exec(new LogSoftMax(logits, BINS_DIMENSION))[0];
        // Of a bin far below the others it is minus infinity, which a label of 0 would turn into NaN.
        Transforms.max(logProbabilities, LOWEST_LOG_PROBABILITY, false);
        INDArray rows = logProbabilities.muli(labels).sum(true, BINS_DIMENSION).negi();
        return mask == null ? rows : rows.muliColumnVector(mask);
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask) {
        INDArray gradient = Nd4j.exec(new SoftMax(logits, logits.ulike(), BINS_DIMENSION))[0];
        gradient.muliColumnVector(labels.sum(true, BINS_DIMENSION)).subi(labels);
        return mask == null ? gradient : gradient.muliColumnVector(mask);
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask, boolean average) {
        return new Pair<>(
                computeScore(labels, logits, activation, mask, average),
                computeGradient(labels, logits, activation, mask));
    }

    @Override
    public String name() {
        return "RebalancedCrossEntropy";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RebalancedCrossEntropy;
    }

    @Override
    public int hashCode() {
        return RebalancedCrossEntropy.class.hashCode();
    }
}
