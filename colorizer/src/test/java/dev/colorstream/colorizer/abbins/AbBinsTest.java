package dev.colorstream.colorizer.abbins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of the paper's public code (resources/pts_in_hull.npy), told by its features. */
class AbBinsTest {
    @Test
    void shouldBe313DifferentGridPoints() {
        Set<String> centers = new HashSet<>();
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            assertThat(AbBins.a(bin) % 10).isZero();
            assertThat(AbBins.b(bin) % 10).isZero();
            centers.add(AbBins.a(bin) + "," + AbBins.b(bin));
        }
        assertThat(centers).hasSize(313);
    }

    @Test
    void shouldBeOrderedByAThenB() {
        for (int bin = 1; bin < AbBins.COUNT; bin++) {
            int previous = AbBins.a(bin - 1) * 1000 + AbBins.b(bin - 1);
            assertThat(AbBins.a(bin) * 1000 + AbBins.b(bin)).isGreaterThan(previous);
        }
    }

    @Test
    void shouldBeginAndEndLikeThePublishedTable() {
        assertThat(centers(0, 5)).isEqualTo("(-90,50) (-90,60) (-90,70) (-90,80) (-90,90)");
        assertThat(centers(308, 313)).isEqualTo("(100,-40) (100,-30) (100,-20) (100,-10) (100,0)");
    }

    @Test
    void shouldHaveAsManyBinsInEachColumnAsThePublishedTable() {
        Map<Integer, Integer> columns = new HashMap<>();
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            columns.merge(AbBins.a(bin), 1, Integer::sum);
        }
        assertThat(columns)
                .hasSize(20)
                .containsEntry(-90, 5)
                .containsEntry(0, 18)
                .containsEntry(100, 10);
    }

    private static String centers(int from, int to) {
        return String.join(
                " ",
                IntStream.range(from, to)
                        .mapToObj(bin -> "(" + AbBins.a(bin) + "," + AbBins.b(bin) + ")")
                        .toList());
    }
}
