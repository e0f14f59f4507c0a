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
        assembly.add("poison", Seat.ALONE, 1);
        add("b", 2);

        assertThat(assembly.takeDue(2)).containsExactly("a");
        assertThat(assembly.takeDue(2)).containsExactly("poison");
        assertThat(assembly.takeDue(2)).isEmpty();
        assertThat(assembly.takeDue(2 + LINGER)).containsExactly("b");
    }

    @Test
    void shouldLetPhotosThatMustNotWaitGoBeforeEveryFullBatchOfOthers() {
        add("abcdef", 0);
        addExpress("XY", 1);

        assertThat(assembly.takeDue(1)).containsExactly("X");
        assertThat(assembly.takeDue(1)).containsExactly("a", "b", "c");
        assertThat(assembly.takeDue(1)).containsExactly("Y");
        assertThat(assembly.takeDue(1)).containsExactly("d", "e", "f");
    }

    @Test
    void shouldGiveSeatsThatNobodyElseWantsToEither() {
        addExpress("UVWXY", 0);
        add("a", 0);

        assertThat(assembly.takeDue(0)).containsExactly("U", "V", "a");
        assertThat(assembly.takeDue(0)).containsExactly("W", "X", "Y");
        assertThat(assembly.waiting()).isZero();
    }

    @Test
    void shouldLetALoneExpressPhotoLingerLikeAnyOther() {
        add("a", 20);
        addExpress("X", 0);

        assertThat(assembly.nanosUntilDue(20)).isEqualTo(LINGER - 20);
        assertThat(assembly.takeDue(LINGER)).containsExactly("X", "a");
    }

    @Test
    void shouldNotKeepASuspectFromItsTurn() {
        assembly.add("poison", Seat.ALONE, 0);
        addExpress("XYZ", 1);
        add("a", 2);

        assertThat(assembly.takeDue(2)).containsExactly("poison");
        assertThat(assembly.takeDue(2)).containsExactly("X", "Y", "a");
    }

    @Test
    void shouldNotMakeExpressPhotosWaitForASuspectThatCameLater() {
        addExpress("X", 0);
        assembly.add("poison", Seat.ALONE, 1);

        assertThat(assembly.takeDue(1)).containsExactly("X");
        assertThat(assembly.takeDue(1)).containsExactly("poison");
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

    private void addExpress(String photos, long now) {
        photos.chars().forEach(photo -> assembly.add(String.valueOf((char) photo), Seat.RESERVED, now));
    }

    private void add(String photos, long now) {
        photos.chars().forEach(photo -> assembly.add(String.valueOf((char) photo), Seat.ANY, now));
    }
}
