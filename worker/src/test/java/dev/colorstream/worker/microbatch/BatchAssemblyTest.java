package dev.colorstream.worker.microbatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BatchAssemblyTest {
    private static final long LINGER = 50;

    private final BatchAssembly<String> assembly = new BatchAssembly<>(3, LINGER);

    @Test
    void shouldLeaveAtOnceWhenFull() {
        add("abc", 0);

        assertThat(assembly.takeDue(0)).containsExactly("a", "b", "c");
        assertThat(assembly.waiting()).isZero();
    }

    @Test
    void shouldWaitForOthersUntilOldestHasLingered() {
        add("a", 100);
        add("b", 120);

        assertThat(assembly.takeDue(149)).isEmpty();
        assertThat(assembly.nanosUntilDue(149)).isEqualTo(1);
        assertThat(assembly.takeDue(150)).containsExactly("a", "b");
    }

    @Test
    void shouldNotExceedFullSize() {
        add("abcdefg", 0);

        assertThat(assembly.takeDue(0)).containsExactly("a", "b", "c");
        assertThat(assembly.takeDue(0)).containsExactly("d", "e", "f");
        assertThat(assembly.takeDue(0)).isEmpty();
        assertThat(assembly.takeDue(LINGER)).containsExactly("g");
    }

    @Test
    void shouldLetSuspectLeaveAloneAndAtOnce() {
        add("a", 0);
        assembly.add("poison", true, 1);
        add("b", 2);

        assertThat(assembly.takeDue(2)).containsExactly("a");
        assertThat(assembly.takeDue(2)).containsExactly("poison");
        assertThat(assembly.takeDue(2)).isEmpty();
        assertThat(assembly.takeDue(2 + LINGER)).containsExactly("b");
    }

    @Test
    void shouldNeverBeDueWhereNothingWaits() {
        assertThat(assembly.nanosUntilDue(1_000)).isEqualTo(Long.MAX_VALUE);
        assertThat(assembly.takeDue(1_000)).isEmpty();
    }

    @Test
    void shouldBeDueLateNotEarlyWhenClockStartsBelowZero() {
        add("a", Long.MAX_VALUE - 10);

        assertThat(assembly.takeDue(Long.MAX_VALUE)).isEmpty();
        assertThat(assembly.takeDue(Long.MIN_VALUE + LINGER)).containsExactly("a");
    }

    private void add(String photos, long now) {
        photos.chars().forEach(photo -> assembly.add(String.valueOf((char) photo), false, now));
    }
}
