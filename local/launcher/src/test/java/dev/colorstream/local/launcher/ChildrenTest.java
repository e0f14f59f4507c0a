package dev.colorstream.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

final class ChildrenTest {
    private final List<String> ended = new ArrayList<>();
    private final Children children = new Children();

    @Test
    void shouldEndTheLastStartedFirstAndEachOnce() {
        children.add("kafka", () -> ended.add("kafka"));
        children.add("worker", () -> ended.add("worker"));

        children.close();
        children.close();

        assertThat(ended).containsExactly("worker", "kafka");
    }

    @Test
    void shouldEndChildThatComesAfterTheEnd() {
        children.close();

        assertThatThrownBy(() -> children.add("late", () -> ended.add("late")))
                .isInstanceOf(CancellationException.class);
        assertThat(ended).containsExactly("late");
    }
}
