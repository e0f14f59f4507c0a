package dev.colorstream.colorizer.annealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.abbins.AbBins;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class AnnealedMeanTest {
    private static float[] randomLogits(long seed, int cells) {
        Random random = new Random(seed);
        float[] logits = new float[cells * AbBins.COUNT];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (4 * random.nextGaussian());
        }
        return logits;
    }

    private static float[] decode(double temperature, float[] logits, int offset) {
        float[] a = new float[1];
        float[] b = new float[1];
        new AnnealedMean(temperature).decode(logits, offset, 1, a, b);
        return new float[] {a[0], b[0]};
    }

    /** The definition, word for word. */
    private static float[] defined(double temperature, float[] logits, int offset) {
        double sum = 0;
        double a = 0;
        double b = 0;
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            double share = Math.exp(logits[offset + bin] / temperature);
            sum += share;
            a += share * AbBins.a(bin);
            b += share * AbBins.b(bin);
        }
        return new float[] {(float) (a / sum), (float) (b / sum)};
    }

    @Property(seed = "1", tries = 300)
    void shouldBeTheExpectationUnderTheSharpenedDistribution(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.1, max = 1) double temperature) {
        float[] logits = randomLogits(seed, 1);

        assertThat(decode(temperature, logits, 0)).containsExactly(defined(temperature, logits, 0), within(1e-3f));
    }

    @Property(seed = "1", tries = 100)
    void shouldGoToTheModeWithFallingTemperature(@ForAll long seed) {
        float[] logits = randomLogits(seed, 1);
        int mode = (int) Math.floorMod(seed, (long) AbBins.COUNT);
        logits[mode] = 30;

        assertThat(decode(0.01, logits, 0))
                .containsExactly(new float[] {AbBins.a(mode), AbBins.b(mode)}, within(1e-3f));
    }

    @Property(seed = "1", tries = 100)
    void shouldNotMindAConstantAddedToAllLogits(
            @ForAll long seed, @ForAll @DoubleRange(min = -1e4, max = 1e4) double c) {
        float[] logits = randomLogits(seed, 1);
        float[] shifted = new float[AbBins.COUNT];
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            shifted[bin] = (float) (logits[bin] + c);
        }

        // Floats of 10,000 carry 0.001 of a logit.
        assertThat(decode(0.38, shifted, 0)).containsExactly(decode(0.38, logits, 0), within(0.2f));
    }

    @Test
    void shouldDecodeEachCellByItself() {
        float[] logits = randomLogits(5, 4);
        float[] a = new float[3];
        float[] b = new float[3];

        new AnnealedMean(0.38).decode(logits, AbBins.COUNT, 3, a, b);

        for (int cell = 0; cell < 3; cell++) {
            assertThat(new float[] {a[cell], b[cell]})
                    .containsExactly(defined(0.38, logits, (cell + 1) * AbBins.COUNT), within(1e-3f));
        }
    }

    @Test
    void shouldTellBrokenLogitsByNaN() {
        float[] logits = randomLogits(6, 1);
        logits[17] = Float.NaN;
        assertThat(decode(0.38, logits, 0)).containsOnly(Float.NaN);
        logits[17] = Float.POSITIVE_INFINITY;
        assertThat(decode(0.38, logits, 0)).containsOnly(Float.NaN);
        logits[17] = Float.NEGATIVE_INFINITY;
        assertThat(decode(0.38, logits, 0)).doesNotContain(Float.NaN);
    }

    @Test
    void shouldRefuseATemperatureOutsideItsRange() {
        for (double temperature : new double[] {0, -1, 1.01, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new AnnealedMean(temperature))
                    .withMessageContaining(String.valueOf(temperature));
        }
    }
}
