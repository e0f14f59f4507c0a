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
        return of(counts);
    }

    private static AbPrior of(double[]... photos) {
        AbPrior.Tally tally = new AbPrior.Tally();
        for (double[] counts : photos) {
            tally.add(counts);
        }
        return tally.prior();
    }

    private static double[] photo(int... bins) {
        double[] counts = new double[AbBins.COUNT];
        for (int bin : bins) {
            counts[bin]++;
        }
        return counts;
    }

    @Property(seed = "1", tries = 50)
    void shouldWeighSoThatTheMeanWeightOverTrainingPixelsIsOne(
            @ForAll long seed,
            @ForAll @DoubleRange(max = 1) double lambda,
            @ForAll @DoubleRange(max = 1000) double evidencePhotos) {
        AbPrior prior = scattered(seed);
        float[] weights = prior.weights(lambda, evidencePhotos);

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

        double[] smoothed = of(counts).probabilities();

        double center = smoothed[NEAREST.nearest(0, 0)];
        assertThat(smoothed[NEAREST.nearest(10, 0)] / center).isCloseTo(Math.exp(-2), within(1e-9));
        assertThat(smoothed[NEAREST.nearest(0, -10)] / center).isCloseTo(Math.exp(-2), within(1e-9));
    }

    @Test
    void shouldKeepWeightsFiniteForBinsThatNoTrainingPhotoShows() {
        double[] counts = new double[AbBins.COUNT];
        counts[0] = 1;

        for (float weight : of(counts).weights(0)) {
            assertThat(weight).isPositive().isFinite();
        }
    }

    @Test
    void shouldCountThePhotosBehindABinByHowEvenlyTheyShowIt() {
        int vivid = NEAREST.nearest(60, -60);
        int green = NEAREST.nearest(-30, 30);
        int gray = NEAREST.nearest(0, 0);
        double[] full = photo(vivid);
        full[vivid] = 1000;

        // when: one photo is full of the vivid color and three show a pixel of it; four show as much green
        double[] photos = of(
                        full,
                        photo(vivid, green, gray),
                        photo(vivid, green, gray),
                        photo(vivid, green, gray),
                        photo(green, gray))
                .photos();

        assertThat(photos[vivid]).isCloseTo(1, within(0.01));
        assertThat(photos[green]).isCloseTo(4, within(1e-6));
        assertThat(Arrays.stream(photos)).allMatch(number -> number >= 1 && number <= 5);
    }

    @Test
    void shouldHoldTheWeightOfABinBackThatFewPhotosShow() {
        // given: as many pixels in each of two rare bins, in one photo and in ten
        int one = NEAREST.nearest(60, -60);
        int ten = NEAREST.nearest(-40, 40);
        double[][] photos = new double[10][];
        for (int i = 0; i < photos.length; i++) {
            photos[i] = photo(NEAREST.nearest(0, 0), ten);
            photos[i][NEAREST.nearest(0, 0)] = 100;
        }
        photos[0][one] = 10;
        AbPrior prior = of(photos);

        // then
        float[] whole = prior.weights(0.5);
        assertThat(whole[one]).isCloseTo(whole[ten], within(1e-4f));
        float[] heldBack = prior.weights(0.5, 10);
        assertThat(heldBack[one] / heldBack[ten]).isCloseTo(1f / 11 / (10f / 20), within(1e-4f));
        assertThat(heldBack[ten] / heldBack[NEAREST.nearest(0, 0)])
                .isCloseTo(whole[ten] / whole[NEAREST.nearest(0, 0)], within(1e-3f));
    }

    @Test
    void shouldTallyAllPhotosAlikeHoweverTheyAreSplit() {
        AbPrior.Tally left = new AbPrior.Tally();
        left.add(photo(1, 2, 3));
        AbPrior.Tally right = new AbPrior.Tally();
        right.add(photo(3, 4));
        left.add(right);

        assertThat(left.prior().weights(0.5, 3))
                .containsExactly(of(photo(1, 2, 3), photo(3, 4)).weights(0.5, 3));
    }

    @Test
    void shouldComeBackFromItsProbabilitiesAndPhotos() {
        AbPrior prior = of(photo(1, 2, 2), photo(2, 3));

        AbPrior again = AbPrior.of(prior.probabilities(), prior.photos());

        assertThat(again.weights(0.5, 5)).containsExactly(prior.weights(0.5, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AbPrior.of(new double[AbBins.COUNT], prior.photos()))
                .withMessageContaining("sum to 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AbPrior.of(prior.probabilities(), new double[AbBins.COUNT]))
                .withMessageContaining("numbers of photos");
    }

    @Test
    void shouldRefuseAHistogramWithoutPixels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(new double[AbBins.COUNT]))
                .withMessageContaining("no color");
    }
}
