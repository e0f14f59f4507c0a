package dev.colorstream.storage.objectstore;

import java.time.Duration;

/**
 * How patient a caller is with a store.
 *
 * @param attempts of one call, at least 1
 * @param firstPause before the second attempt; later ones double it, each is spread by half of itself
 * @param longestPause between two attempts
 * @param callLimit how long one attempt may take, beside the time for its bytes
 * @param slowestBytesPerSecond what the store is trusted to move at least; large objects get time by it
 * @param callsAtOnce how many attempts may be under way; others wait for as long as one may take
 * @param breakerWindow of how many last attempts the breaker judges
 * @param breakerFailures in percent: this many failures in the window, and nothing is sent for a while
 * @param breakerPause how long nothing is sent before a few attempts try again
 */
public record ResiliencePolicy(
        int attempts,
        Duration firstPause,
        Duration longestPause,
        Duration callLimit,
        long slowestBytesPerSecond,
        int callsAtOnce,
        int breakerWindow,
        int breakerFailures,
        Duration breakerPause) {
    /** For a store near by. */
    public static final ResiliencePolicy DEFAULT = new ResiliencePolicy(
            3,
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            1 << 18,
            64,
            20,
            50,
            Duration.ofSeconds(2));

    /** For a command line, whose store may be at the end of a slow line that several photos share. */
    public static final ResiliencePolicy SLOW_LINE = new ResiliencePolicy(
            DEFAULT.attempts,
            DEFAULT.firstPause,
            DEFAULT.longestPause,
            DEFAULT.callLimit,
            1 << 13,
            DEFAULT.callsAtOnce,
            DEFAULT.breakerWindow,
            DEFAULT.breakerFailures,
            DEFAULT.breakerPause);

    /** How long one attempt may take that moves that many bytes. */
    Duration limit(long bytes) {
        return callLimit.plusMillis(bytes * 1000 / slowestBytesPerSecond);
    }
}
