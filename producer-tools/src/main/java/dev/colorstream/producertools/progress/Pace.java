package dev.colorstream.producertools.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count grew lately: what was before a pause, or before workers came, says nothing about what is left. */
final class Pace {
    private static final Duration LATELY = Duration.ofSeconds(30);

    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(Instant at, long count) {}

    /** Takes a reading of the count; its rate a second since the first reading of the last half minute. */
    double take(Instant now, long count) {
        readings.addLast(new Reading(now, count));
        while (Duration.between(readings.getFirst().at(), now).compareTo(LATELY) > 0) {
            readings.removeFirst();
        }
        Reading from = readings.getFirst();
        double seconds = Duration.between(from.at(), now).toMillis() / 1000.0;
        return seconds > 0 ? Math.max(0, count - from.count()) / seconds : 0;
    }
}
