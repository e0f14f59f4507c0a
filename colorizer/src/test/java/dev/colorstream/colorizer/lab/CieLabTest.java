package dev.colorstream.colorizer.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CieLabTest {
    /**
     * L, a, b of sRGB colors under D65, 2 degrees, from B. Lindbloom's CIE Color Calculator (brucelindbloom.com); the
     * same figures stand in the documentation of color libraries.
     */
    private static final double[][] PUBLISHED = {
        {0xff0000, 53.2408, 80.0925, 67.2032},
        {0x00ff00, 87.7347, -86.1827, 83.1793},
        {0x0000ff, 32.2970, 79.1875, -107.8602},
        {0xffff00, 97.1393, -21.5537, 94.4780},
        {0x00ffff, 91.1132, -48.0875, -14.1312},
        {0xff00ff, 60.3242, 98.2343, -60.8249},
        {0x808080, 53.5850, 0, 0},
        {0xffffff, 100, 0, 0},
        {0x000000, 0, 0, 0},
    };

    @Test
    void shouldAgreeWithPublishedColors() {
        float[] lab = new float[3];
        for (double[] color : PUBLISHED) {
            CieLab.fromRgb8((int) color[0], lab, 0);
            for (int i = 0; i < 3; i++) {
                assertThat((double) lab[i])
                        .as("component %d of %06x", i, (int) color[0])
                        .isCloseTo(color[i + 1], within(0.02));
            }
        }
    }

    @Property(seed = "1")
    void shouldComeBackFromLabToTheSameColor(@ForAll @IntRange(max = 0xffffff) int rgb) {
        float[] lab = new float[3];
        double[] linear = new double[3];

        CieLab.fromRgb8(rgb, lab, 0);
        CieLab.toLinear(lab[0], lab[1], lab[2], linear);

        for (int channel = 0; channel < 3; channel++) {
            assertThat(Srgb.fromLinear(linear[channel]) * 255)
                    .isCloseTo(rgb >> (16 - 8 * channel) & 0xff, within(1e-2));
        }
    }

    @Property(seed = "1")
    void shouldGiveEveryGrayNoChromaAndTheLightnessOfItsLuminance(@ForAll @IntRange(max = 255) int gray) {
        float[] lab = new float[3];

        CieLab.fromRgb8(gray * 0x010101, lab, 0);

        assertThat(lab[1]).isCloseTo(0, within(1e-4f));
        assertThat(lab[2]).isCloseTo(0, within(1e-4f));
        double light = Srgb.toLinear(gray);
        assertThat(CieLab.lightness(CieLab.luminance(light, light, light))).isCloseTo(lab[0], within(1e-4));
    }

    @Test
    void shouldTabulateLightnessWithinItsToleranceEverywhere() {
        for (double luminance = 0; luminance <= 1; luminance += 1.0 / 99_991) {
            float[] lab = new float[3];
            CieLab.fromLinear(luminance, luminance, luminance, lab, 0);
            assertThat(CieLab.lightness(luminance)).isCloseTo(lab[0], within(2e-5));
        }
    }
}
