package dev.colorstream.colorizer.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GamutReferenceTest {
    @Property(seed = "1", tries = 5000)
    void shouldKeepLightnessAndHueAndEndInsideTheGamut(
            @ForAll @DoubleRange(max = 100) double lightness,
            @ForAll @DoubleRange(max = 360) double hue,
            @ForAll @DoubleRange(max = 180) double chroma) {
        double[] rgb = new double[3];
        double a = chroma * Math.cos(Math.toRadians(hue));
        double b = chroma * Math.sin(Math.toRadians(hue));

        double kept = GamutReference.toLinear(lightness, a, b, rgb);

        float[] mapped = new float[3];
        CieLab.fromLinear(rgb[0], rgb[1], rgb[2], mapped, 0);
        for (double channel : rgb) {
            assertThat(channel).isBetween(0.0, 1.0);
        }
        assertThat(kept).isBetween(0.0, 1.0);
        assertThat((double) mapped[0]).isCloseTo(lightness, within(1e-3));
        assertThat((double) mapped[1]).isCloseTo(kept * a, within(1e-3));
        assertThat((double) mapped[2]).isCloseTo(kept * b, within(1e-3));
    }

    @Property(seed = "1", tries = 2000)
    void shouldLeaveColorsInsideTheGamutAsTheyAre(@ForAll @IntRange(max = 0xffffff) int rgb) {
        float[] lab = new float[3];
        double[] mapped = new double[3];
        CieLab.fromRgb8(rgb, lab, 0);

        GamutReference.toLinear(lab[0], lab[1], lab[2], mapped);

        for (int channel = 0; channel < 3; channel++) {
            assertThat(Math.round(Srgb.fromLinear(mapped[channel]) * 255)).isEqualTo(rgb >> (16 - 8 * channel) & 0xff);
        }
    }

    @Test
    void shouldLeaveColorsOnTheGamutsBorderAsTheyAre() {
        // Their Lab, rounded to floats, lies on either side of the border; near blue the gamut's border is hollow, and
        // a color taken for one outside would lose much of its chroma.
        float[] lab = new float[3];
        double[] mapped = new double[3];
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                int[] border = {
                    first << 8 | second, 0xff0000 | first << 8 | second, first << 16 | second,
                    0xff00 | first << 16 | second, first << 16 | second << 8, 0xff | first << 16 | second << 8
                };
                for (int rgb : border) {
                    CieLab.fromRgb8(rgb, lab, 0);
                    GamutReference.toLinear(lab[0], lab[1], lab[2], mapped);
                    int again = 0;
                    for (double channel : mapped) {
                        again = again << 8 | (int) Math.round(Srgb.fromLinear(channel) * 255);
                    }
                    assertThat(again).isEqualTo(rgb);
                }
            }
        }
    }

    @Test
    void shouldKeepAsMuchChromaAsTheGamutHolds() {
        // The border toward red is where red itself lies: chroma twice as far must come back to it.
        float[] red = new float[3];
        CieLab.fromRgb8(0xff0000, red, 0);
        double[] mapped = new double[3];

        double kept = GamutReference.toLinear(red[0], 2 * red[1], 2 * red[2], mapped);

        assertThat(kept).isCloseTo(0.5, within(1e-4));
        assertThat(mapped[0]).isCloseTo(1, within(1e-4));
        assertThat(mapped[1]).isCloseTo(0, within(1e-4));
        assertThat(mapped[2]).isCloseTo(0, within(1e-4));
    }

    @Test
    void shouldMakeBlackAndWhiteOfLightnessBeyondItsEnds() {
        double[] rgb = new double[3];

        GamutReference.toLinear(104, 30, 30, rgb);
        assertThat(rgb).containsExactly(new double[] {1, 1, 1}, within(1e-4));

        GamutReference.toLinear(-4, 30, 30, rgb);
        assertThat(rgb).containsExactly(new double[] {0, 0, 0}, within(1e-4));
    }
}
