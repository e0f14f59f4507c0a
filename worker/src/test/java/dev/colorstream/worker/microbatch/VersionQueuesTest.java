package dev.colorstream.worker.microbatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class VersionQueuesTest {
    private static final long LINGER = 50;

    private final VersionQueues<String, String> queues = new VersionQueues<>(3, LINGER);

    @Test
    void shouldNeverMixVersionsInABatch() {
        queues.add("v1", "a", Seat.ANY, 0);
        queues.add("v2", "b", Seat.ANY, 1);
        queues.add("v1", "c", Seat.ANY, 2);
        queues.add("v2", "d", Seat.RESERVED, 3);
        queues.add("v1", "e", Seat.ANY, 4);

        assertThat(queues.takeDue(4)).containsExactly("a", "c", "e");
        assertThat(queues.takeDue(4)).isEmpty();
        assertThat(queues.nanosUntilDue(4)).isEqualTo(LINGER - 3);
        assertThat(queues.takeDue(1 + LINGER)).containsExactly("d", "b");
        assertThat(queues.waiting()).isZero();
    }

    @Test
    void shouldTakeTheBatchFirstWhosePhotoWaitsLongest() {
        queues.add("old", "a", Seat.ANY, 0);
        for (String photo : List.of("x", "y", "z", "u", "v", "w")) {
            queues.add("new", photo, Seat.ANY, 10);
        }

        assertThat(queues.takeDue(10)).containsExactly("x", "y", "z");
        assertThat(queues.takeDue(LINGER)).containsExactly("a");
        assertThat(queues.takeDue(LINGER)).containsExactly("u", "v", "w");
    }

    @Test
    void shouldNeverBeDueWhereNothingWaits() {
        assertThat(queues.takeDue(1_000)).isEmpty();
        assertThat(queues.nanosUntilDue(1_000)).isEqualTo(Long.MAX_VALUE);
    }
}
