package dev.colorstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ErrorCurveTest {
    private static ErrorCurve of(double... errors) {
        ErrorCurve curve = new ErrorCurve();
        for (double error : errors) {
            curve.add(error, 1);
        }
        return curve;
    }

    @Test
    void shouldBe100WhereEveryColorIsRight() {
        assertThat(of(0, 0, 0).area()).isCloseTo(100, within(1e-9));
    }

    @Test
    void shouldBe0WhereEveryErrorIsBeyondTheLongest() {
        assertThat(of(151, 200).area()).isZero();
    }

    @Test
    void shouldLoseTwoThirdsOfAPercentForEachUnitOfError() {
        // The step at an error of 60 is passed at threshold 60: 90 whole thresholds and half of one remain of 150.
        assertThat(of(60).area()).isCloseTo(100 * 90.5 / 150, within(1e-9));
        assertThat(of(30).area() - of(60).area()).isCloseTo(20, within(1e-9));
    }

    @Test
    void shouldCountPixelsByTheirWeight() {
        ErrorCurve curve = new ErrorCurve();
        curve.add(0, 3);
        ErrorCurve other = new ErrorCurve();
        other.add(1000, 1);
        curve.add(other);

        assertThat(curve.area()).isCloseTo(75, within(1e-9));
    }
}
