package dev.colorstream.colorizer.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class LinearRowTest {
    private static final int WIDTH = 257;

    @Property(seed = "1", tries = 200)
    void shouldGiveEachPixelTheColorThatGamutMappingGives(
            @ForAll long seed, @ForAll @DoubleRange(min = 1, max = 180) double spread) {
        // given
        SplittableRandom random = new SplittableRandom(seed);
        float[] lightness = new float[WIDTH];
        float[] a = new float[WIDTH];
        float[] b = new float[WIDTH];
        for (int x = 0; x < WIDTH; x++) {
            lightness[x] = (float) random.nextDouble(100);
            a[x] = (float) random.nextDouble(-spread, spread);
            b[x] = (float) random.nextDouble(-spread, spread);
        }

        // when
        LinearRow row = new LinearRow(WIDTH);
        row.set(lightness, a, b);

        // then
        double[] expected = new double[3];
        for (int x = 0; x < WIDTH; x++) {
            GamutMapping.toLinear(lightness[x], a[x], b[x], expected);
            assertThat((double) row.red()[x]).isBetween(0.0, 1.0).isCloseTo(expected[0], within(2e-6));
            assertThat((double) row.green()[x]).isBetween(0.0, 1.0).isCloseTo(expected[1], within(2e-6));
            assertThat((double) row.blue()[x]).isBetween(0.0, 1.0).isCloseTo(expected[2], within(2e-6));
        }
    }

    @Test
    void shouldForgetTheRowBefore() {
        LinearRow row = new LinearRow(1);
        row.set(new float[] {60}, new float[] {150}, new float[] {-150});
        row.set(new float[] {100}, new float[] {0}, new float[] {0});

        assertThat(new float[] {row.red()[0], row.green()[0], row.blue()[0]})
                .containsExactly(new float[] {1, 1, 1}, within(1e-6f));
    }
}
