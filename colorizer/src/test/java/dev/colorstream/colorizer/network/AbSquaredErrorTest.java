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

final class AbSquaredErrorTest {
    private static final IActivation IDENTITY = new ActivationIdentity();

    private final AbSquaredError loss = new AbSquaredError();

    @BeforeAll
    static void loadBackend() {
        CpuBackend.load();
    }

    @Test
    void shouldBeTheWeightedSquaredDistanceOfEachRow() {
        // given: distances of 5, 1 and 2; the last row does not count
        INDArray colors = rows(3, 4, 0, 1, 2, 0);
        INDArray labels = Nd4j.create(new double[] {0, 0, 1, 0, 0, 0.5, 0, 0, 0}, new long[] {3, 3}, DataType.DOUBLE);

        // when, then
        assertThat(loss.computeScoreArray(labels, colors, IDENTITY, null).toDoubleVector())
                .containsExactly(25, 0.5, 0);
        assertThat(loss.computeScore(labels, colors, IDENTITY, null, true)).isCloseTo(25.5 / 3, within(1e-12));
    }

    @Test
    void shouldHaveTheGradientThatDifferencesGive() {
        // given: rows of several weights, one of them 0
        Nd4j.getRandom().setSeed(5);
        INDArray colors = Nd4j.randn(DataType.DOUBLE, 6, 2);
        INDArray labels = Nd4j.rand(DataType.DOUBLE, 6, 3);
        labels.putScalar(2, 2, 0);

        // when
        INDArray gradient = loss.computeGradient(labels, colors, IDENTITY, null);

        // then
        double step = 1e-5;
        for (int row = 0; row < 6; row++) {
            for (int color = 0; color < 2; color++) {
                double at = colors.getDouble(row, color);
                colors.putScalar(row, color, at + step);
                double above = loss.computeScore(labels, colors, IDENTITY, null, false);
                colors.putScalar(row, color, at - step);
                double below = loss.computeScore(labels, colors, IDENTITY, null, false);
                colors.putScalar(row, color, at);
                assertThat(gradient.getDouble(row, color)).isCloseTo((above - below) / (2 * step), within(1e-6));
            }
        }
        assertThat(gradient.getRow(2).norm1Number().doubleValue()).isZero();
    }

    private static INDArray rows(double... values) {
        return Nd4j.create(values, new long[] {values.length / 2, 2}, DataType.DOUBLE);
    }
}
