package dev.colorstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class BinHistogramTest {
    private static BinHistogram of(float... ab) {
        BinHistogram histogram = new BinHistogram();
        for (int i = 0; i < ab.length; i += 2) {
            histogram.add(ab[i], ab[i + 1], 1);
        }
        return histogram;
    }

    @Test
    void shouldBeAtNoDistanceFromItselfHoweverManyPixelsItHolds() {
        assertThat(of(0, 0, 30, 30).distance(of(1, 1, 29, 31, 2, 0, 30, 30))).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldBeAtDistanceOneFromColorsThatItNeverShows() {
        assertThat(of(0, 0).distance(of(30, 30))).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldAgreeWithADistanceComputedByHand() {
        // p = (1, 0), q = (1/2, 1/2), m = (3/4, 1/4): (log2(4/3) + (log2(2/3) + log2 2) / 2) / 2 = 0.311278.
        assertThat(of(0, 0).distance(of(0, 0, 30, 30))).isCloseTo(Math.sqrt(0.311278), within(1e-6));
    }

    @Test
    void shouldCountBinsThatPixelsFallInto() {
        assertThat(of(0, 0, 2, 3, 30, 30).shareUsed()).isCloseTo(2 / 313.0, within(1e-12));
    }
}
