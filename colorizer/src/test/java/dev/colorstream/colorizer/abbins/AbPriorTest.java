package dev.colorstream.colorizer.abbins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class AbPriorTest {
    private static final SoftEncoding NEAREST = new SoftEncoding(1);

    /** Mostly gray, like photos: ab scattered about the middle. */
    private static AbPrior scattered(long seed) {
        Random random = new Random(seed);
        double[] counts = new double[AbBins.COUNT];
        for (int i = 0; i < 20_000; i++) {
            counts[NEAREST.nearest((float) random.nextGaussian() * 15, (float) random.nextGaussian() * 20)]++;
        }
        return AbPrior.ofCounts(counts);
    }

    @Property(seed = "1", tries = 50)
    void shouldWeighSoThatTheMeanWeightOverTrainingPixelsIsOne(
            @ForAll long seed, @ForAll @DoubleRange(max = 1) double lambda) {
        AbPrior prior = scattered(seed);
        float[] weights = prior.weights(lambda);

        double expectation = 0;
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            assertThat(weights[bin]).isPositive().isFinite();
            expectation += prior.probabilities()[bin] * weights[bin];
        }

        assertThat(expectation).isCloseTo(1, within(1e-5));
        assertThat(Arrays.stream(prior.probabilities()).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldWeighEveryBinAlikeAtLambdaOne() {
        assertThat(scattered(1).weights(1)).containsOnly(1f);
    }

    @Test
    void shouldWeighRareBinsMoreAndFollowTheFormulaOfThePaper() {
        AbPrior prior = scattered(2);
        float[] weights = prior.weights(0.5);
        int gray = NEAREST.nearest(0, 0);
        int vivid = NEAREST.nearest(80, 60);

        double ratio =
                (0.5 * prior.probabilities()[gray] + 0.5 / 313) / (0.5 * prior.probabilities()[vivid] + 0.5 / 313);
        assertThat(weights[vivid] / (double) weights[gray]).isCloseTo(ratio, within(1e-4));
        assertThat(ratio).isGreaterThan(10);
    }

    @Test
    void shouldHaveItsModeWhereMostPixelsAre() {
        assertThat(scattered(3).mode()).isEqualTo(NEAREST.nearest(0, 0));
    }

    @Test
    void shouldSpreadABinToItsNeighbors() {
        double[] counts = new double[AbBins.COUNT];
        counts[NEAREST.nearest(0, 0)] = 1;

        double[] smoothed = AbPrior.ofCounts(counts).probabilities();

        double center = smoothed[NEAREST.nearest(0, 0)];
        assertThat(smoothed[NEAREST.nearest(10, 0)] / center).isCloseTo(Math.exp(-2), within(1e-9));
        assertThat(smoothed[NEAREST.nearest(0, -10)] / center).isCloseTo(Math.exp(-2), within(1e-9));
    }

    @Test
    void shouldKeepWeightsFiniteForBinsThatNoTrainingPhotoShows() {
        double[] counts = new double[AbBins.COUNT];
        counts[0] = 1;

        for (float weight : AbPrior.ofCounts(counts).weights(0)) {
            assertThat(weight).isPositive().isFinite();
        }
    }

    @Test
    void shouldComeBackFromItsProbabilities() {
        AbPrior prior = scattered(4);

        AbPrior again = AbPrior.ofProbabilities(prior.probabilities());

        assertThat(again.weights(0.5)).containsExactly(prior.weights(0.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AbPrior.ofProbabilities(new double[AbBins.COUNT]))
                .withMessageContaining("sum to 0.0");
    }

    @Test
    void shouldRefuseAHistogramWithoutPixels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AbPrior.ofCounts(new double[AbBins.COUNT]))
                .withMessageContaining("no color");
    }
}
