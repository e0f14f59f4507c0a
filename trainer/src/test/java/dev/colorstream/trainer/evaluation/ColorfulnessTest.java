package dev.colorstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ColorfulnessTest {
    @Test
    void shouldAgreeWithAnExampleComputedByHand() {
        // Red: rg = 255, yb = 127.5. Blue: rg = 0, yb = -255.
        // Means 127.5 and -63.75, deviations 127.5 and 191.25:
        // sqrt(127.5^2 + 191.25^2) + 0.3 sqrt(127.5^2 + 63.75^2) = 229.854 + 0.3 * 142.549.
        assertThat(Colorfulness.of(new int[] {0xff0000, 0x0000ff})).isCloseTo(272.619, within(1e-3));
    }

    @Test
    void shouldBeNothingForGrayWhateverItsLightness() {
        assertThat(Colorfulness.of(new int[] {0x000000, 0x777777, 0xffffff})).isZero();
    }

    @Test
    void shouldIgnoreOpacity() {
        assertThat(Colorfulness.of(new int[] {0xffff0000, 0x110000ff})).isCloseTo(272.619, within(1e-3));
    }
}
