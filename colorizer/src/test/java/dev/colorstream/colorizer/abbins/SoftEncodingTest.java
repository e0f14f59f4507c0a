package dev.colorstream.colorizer.abbins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class SoftEncodingTest {
    private static final SoftEncoding ENCODING = new SoftEncoding(SoftEncoding.PAPER_NEIGHBORS);

    @Property(seed = "1")
    void shouldShareEveryColorOutWholeNearestFirst(
            @ForAll @FloatRange(min = -200, max = 200) float a, @ForAll @FloatRange(min = -200, max = 200) float b) {
        int position = ENCODING.position(a, b);

        double sum = 0;
        for (int i = 0; i < ENCODING.neighbors(); i++) {
            sum += ENCODING.share(position + i);
            if (i > 0) {
                assertThat(ENCODING.share(position + i)).isLessThanOrEqualTo(ENCODING.share(position + i - 1));
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
        assertThat(ENCODING.nearest(a, b)).isEqualTo(ENCODING.bin(position));
    }

    @Test
    void shouldTakeTheFourSidesAsNeighborsOfABinsOwnCenter() {
        int position = ENCODING.position(20, -30);

        assertThat(center(ENCODING.bin(position))).isEqualTo("20,-30");
        assertThat(new String[] {
                    center(ENCODING.bin(position + 1)),
                    center(ENCODING.bin(position + 2)),
                    center(ENCODING.bin(position + 3)),
                    center(ENCODING.bin(position + 4))
                })
                .containsExactlyInAnyOrder("10,-30", "30,-30", "20,-40", "20,-20");
        // Gaussian of sigma 5: a neighbor 10 away has e^-2 of the center's share.
        assertThat(ENCODING.share(position)).isCloseTo((float) (1 / (1 + 4 * Math.exp(-2))), within(1e-6f));
    }

    @Test
    void shouldFindTheNearestOfAllBins() {
        for (int a = -90; a <= 90; a += 7) {
            for (int b = -90; b <= 90; b += 7) {
                double nearest = Double.MAX_VALUE;
                for (int bin = 0; bin < AbBins.COUNT; bin++) {
                    nearest = Math.min(nearest, AbBins.squaredDistance(bin, a, b));
                }
                assertThat(AbBins.squaredDistance(ENCODING.nearest(a, b), a, b)).isEqualTo(nearest);
            }
        }
    }

    @Test
    void shouldBeOneHotWithOneNeighbor() {
        SoftEncoding hard = new SoftEncoding(1);

        assertThat(hard.share(hard.position(13, 48))).isEqualTo(1);
        assertThat(center(hard.nearest(13, 48))).isEqualTo("10,50");
    }

    @Test
    void shouldRefuseANumberOfNeighborsThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SoftEncoding(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SoftEncoding(314))
                .withMessageContaining("314");
    }

    private static String center(int bin) {
        return AbBins.a(bin) + "," + AbBins.b(bin);
    }
}
