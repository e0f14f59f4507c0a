package dev.colorstream.producertools.photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NameTableTest {
    private final NameTable table = new NameTable();

    @Test
    void shouldKnowWhatWasPutLastForEachOfManyNames() {
        // given
        Map<String, Long> expected = new HashMap<>();
        Random random = new Random(1);

        // when
        for (int i = 0; i < 50_000; i++) {
            String name = "album \u00e9/" + random.nextInt(20_000) + ".jpg";
            long value = random.nextLong() | 1;
            Long before = expected.put(name, value);
            assertThat(table.put(name, value)).isEqualTo(before == null ? NameTable.ABSENT : before);
        }

        // then
        assertThat(table.size()).isEqualTo(expected.size());
        expected.forEach((name, value) -> assertThat(table.get(name)).isEqualTo(value));
        assertThat(table.get("another")).isEqualTo(NameTable.ABSENT);
    }

    @Test
    void shouldForgetAllNames() {
        table.put("one", 1);

        table.clear();

        assertThat(table.size()).isZero();
        assertThat(table.get("one")).isEqualTo(NameTable.ABSENT);
    }

    @Test
    void shouldRefuseTheNumberThatStandsForNone() {
        assertThatThrownBy(() -> table.put("one", NameTable.ABSENT)).isInstanceOf(IllegalArgumentException.class);
    }
}
