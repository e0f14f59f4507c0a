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
    void shouldGiveEachPixelTheColorOfTheReference(
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
        float[] lab = new float[3];
        for (int x = 0; x < WIDTH; x++) {
            float red = row.red()[x];
            float green = row.green()[x];
            float blue = row.blue()[x];
            assertThat(Math.min(red, Math.min(green, blue))).isNotNegative();
            assertThat(Math.max(red, Math.max(green, blue))).isLessThanOrEqualTo(1);
            CieLab.fromLinear(red, green, blue, lab, 0);
            assertThat(lab[0]).isCloseTo(lightness[x], within(1e-3f));
            double kept = GamutReference.toLinear(lightness[x], a[x], b[x], expected);
            double tolerance = 0.05 + 0.01 * Math.hypot(a[x], b[x]);
            assertThat((double) lab[1]).isCloseTo(kept * a[x], within(tolerance));
            assertThat((double) lab[2]).isCloseTo(kept * b[x], within(tolerance));
        }
    }

    @Property(seed = "1", tries = 20)
    void shouldLeaveColorsInsideTheGamutAsTheyAre(@ForAll long seed) {
        // given: colors of codes, among them many on the gamut's border
        SplittableRandom random = new SplittableRandom(seed);
        int[] codes = new int[WIDTH];
        float[][] lab = new float[3][WIDTH];
        float[] one = new float[3];
        for (int x = 0; x < WIDTH; x++) {
            int border = random.nextInt(3) * 8;
            codes[x] = (random.nextInt(1 << 24) & ~(0xff << border)) | (random.nextBoolean() ? 0xff << border : 0);
            CieLab.fromRgb8(codes[x], one, 0);
            for (int i = 0; i < 3; i++) {
                lab[i][x] = one[i];
            }
        }

        // when
        LinearRow row = new LinearRow(WIDTH);
        row.set(lab[0], lab[1], lab[2]);

        // then
        for (int x = 0; x < WIDTH; x++) {
            int code = (Srgb.code(row.red()[x]) << 16) | (Srgb.code(row.green()[x]) << 8) | Srgb.code(row.blue()[x]);
            assertThat(code).isEqualTo(codes[x]);
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
