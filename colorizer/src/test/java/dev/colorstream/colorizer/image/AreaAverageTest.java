package dev.colorstream.colorizer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AreaAverageTest {
    @Test
    void shouldCountPixelsCutByABorderByTheirShare() {
        // Three pixels onto two cells: each takes one whole and half of the middle one.
        float[] plane = {0, 30, 90, 0, 30, 90, 0, 30, 90};

        assertThat(AreaAverage.toSquare(plane, 3, 3, 2)).containsExactly(new float[] {10, 70, 10, 70}, within(1e-4f));
    }

    @Test
    void shouldRepeatPixelsWhenEnlargingByAWholeFactor() {
        assertThat(AreaAverage.toSquare(new float[] {1, 2, 3, 4}, 2, 2, 4))
                .containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
    }

    @Test
    void shouldIgnoreTheAspectRatio() {
        assertThat(AreaAverage.toSquare(new float[] {1, 3, 5, 7}, 4, 1, 2)).containsExactly(2, 6, 2, 6);
    }

    @Property(seed = "1", tries = 300)
    void shouldKeepTheMean(
            @ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 70) int height,
            @ForAll @IntRange(min = 1, max = 40) int side,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] plane = new float[width * height];
        double mean = 0;
        for (int i = 0; i < plane.length; i++) {
            plane[i] = 100 * random.nextFloat();
            mean += plane[i] / plane.length;
        }

        double resampled = 0;
        for (float value : AreaAverage.toSquare(plane, width, height, side)) {
            assertThat(value).isBetween(-1e-4f, 100.0001f);
            resampled += value / (side * side);
        }

        assertThat(resampled).isCloseTo(mean, within(1e-3));
    }

    @Test
    void shouldLeaveASquareOfTheSameSideAsItIs() {
        float[] plane = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        assertThat(AreaAverage.toSquare(plane, 3, 3, 3)).containsExactly(plane);
    }
}
