package dev.colorstream.colorizer.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SrgbTest {
    @Property(seed = "1")
    void shouldComeBackFromLinearLightToTheSameSixteenBitCode(@ForAll @IntRange(max = 65535) int code) {
        double linear = Srgb.toLinear16(code);

        assertThat(Srgb.fromLinear(linear) * 65535).isCloseTo(code, within(1e-6));
        assertThat(Math.round(Srgb.fromLinearFast(linear) * 65535)).isEqualTo(code);
    }

    @Property(seed = "1")
    void shouldTabulateTheCurveWithinItsTolerance(@ForAll @DoubleRange(max = 1) double linear) {
        assertThat(Srgb.fromLinearFast(linear)).isCloseTo(Srgb.fromLinear(linear), within(1e-6));
    }

    @Property(seed = "1")
    void shouldRoundLinearLightToTheNearestCode(@ForAll @FloatRange(max = 1) float linear) {
        assertThat((double) Srgb.code(linear)).isCloseTo(255 * Srgb.fromLinear(linear), within(0.53));
    }

    @Test
    void shouldComeBackFromLinearLightToTheSameEightBitCode() {
        for (int code = 0; code <= 255; code++) {
            assertThat(Srgb.code((float) Srgb.toLinear(code))).isEqualTo(code);
        }
    }
}
