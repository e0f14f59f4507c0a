package dev.colorstream.worker.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How some members of a share group take records.
 *
 * @param client properties of any Kafka client: where the brokers are, and how to get in
 * @param group the share group
 * @param topics that records are taken from
 * @param members how many, at least 1
 * @param window how many records each takes at once, at least 1; about one micro-batch
 * @param lock how long the group lets a member hold a record without renewal
 */
public record ShareGroupSettings(
        Map<String, Object> client, String group, List<String> topics, int members, int window, Duration lock) {
    private static final int RENEWALS_IN_LOCK = 3;

    public ShareGroupSettings {
        client = Map.copyOf(client);
        topics = List.copyOf(topics);
        if (members < 1 || window < 1) {
            throw new IllegalArgumentException("members and window must be at least 1: " + members + ", " + window);
        }
    }

    /** How often what is held is renewed. */
    Duration renewal() {
        return lock.dividedBy(RENEWALS_IN_LOCK);
    }
}
