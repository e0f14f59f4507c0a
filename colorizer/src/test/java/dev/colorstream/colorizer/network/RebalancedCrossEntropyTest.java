package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class RebalancedCrossEntropyTest {
    private static final IActivation IDENTITY = new ActivationIdentity();

    private final RebalancedCrossEntropy loss = new RebalancedCrossEntropy();

    @BeforeAll
    static void loadBackend() {
        CpuBackend.load();
    }

    @Test
    void shouldBeTheWeightedCrossEntropyOfEachRow() {
        // given: probabilities 1/2, 1/4, 1/4 and a target of weight 3 on the first two
        INDArray logits = row(Math.log(2), 0, 0);
        INDArray targets = row(2, 1, 0);

        // when
        double score = loss.computeScore(targets, logits, IDENTITY, null, false);

        // then
        assertThat(score).isCloseTo(2 * Math.log(2) + Math.log(4), within(1e-9));
    }

    @Test
    void shouldStayANumberWhereABinIsOutOfTheQuestion() {
        INDArray logits = row(0, -1000, 0).castTo(DataType.FLOAT);
        INDArray targets = row(1, 0, 0).castTo(DataType.FLOAT);

        assertThat(loss.computeScore(targets, logits, IDENTITY, null, false)).isCloseTo(Math.log(2), within(1e-5));
    }

    @Test
    void shouldHaveTheGradientThatDifferencesGive() {
        // given: rows whose targets do not sum to 1, one of them all zero
        Nd4j.getRandom().setSeed(5);
        INDArray logits = Nd4j.randn(DataType.DOUBLE, 6, 313);
        INDArray targets = Nd4j.rand(DataType.DOUBLE, 6, 313);
        targets.getRow(2).assign(0);
        targets.getRow(4).muli(7.5);

        // when
        INDArray gradient = loss.computeGradient(targets, logits, IDENTITY, null);

        // then
        double step = 1e-5;
        for (int row = 0; row < 6; row++) {
            for (int bin = 0; bin < 313; bin += 13) {
                double at = logits.getDouble(row, bin);
                logits.putScalar(row, bin, at + step);
                double above = loss.computeScore(targets, logits, IDENTITY, null, false);
                logits.putScalar(row, bin, at - step);
                double below = loss.computeScore(targets, logits, IDENTITY, null, false);
                logits.putScalar(row, bin, at);
                assertThat(gradient.getDouble(row, bin)).isCloseTo((above - below) / (2 * step), within(1e-6));
            }
        }
    }

    private static INDArray row(double... values) {
        return Nd4j.create(values, new long[] {1, values.length}, DataType.DOUBLE);
    }
}
