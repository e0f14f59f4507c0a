package dev.colorstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EvenSampleTest {
    private static final List<Integer> NUMBERS = IntStream.range(0, 868).boxed().toList();

    @Test
    void shouldTakeAllWhereTheyAreNotTooMany() {
        assertThat(EvenSample.of(NUMBERS, 868)).isEqualTo(NUMBERS);
        assertThat(EvenSample.of(List.of(), 640)).isEmpty();
    }

    @Test
    void shouldTakeAsManyOfEachPartOfTheList() {
        List<Integer> some = EvenSample.of(NUMBERS, 640);

        assertThat(some).hasSize(640).doesNotHaveDuplicates().isSorted();
        assertThat(some.stream().filter(number -> number >= 868 - 217)).hasSize(160);
    }
}
