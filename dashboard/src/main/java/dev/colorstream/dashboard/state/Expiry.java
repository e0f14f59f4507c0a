package dev.colorstream.dashboard.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Deletes from a store what has not changed for the time of retention, a part of the store at a time. */
final class Expiry<V> {
    static final Duration EVERY = Duration.ofMinutes(1);

    /** Bounds how long results wait while a part is looked through. */
    private static final int PART = 20_000;

    private final KeyValueStore<String, V> store;
    private final Duration retention;
    private final Function<V, Instant> changedAt;
    private final BiConsumer<String, V> delete;
    private @Nullable String next;

    private Expiry(
            KeyValueStore<String, V> store,
            Duration retention,
            Function<V, Instant> changedAt,
            BiConsumer<String, V> delete) {
        this.store = store;
        this.retention = retention;
        this.changedAt = changedAt;
        this.delete = delete;
    }

    /** Goes through the store from now on; {@code delete} takes what expired out of it. */
    static <V> void start(
            ProcessorContext<?, ?> context,
            KeyValueStore<String, V> store,
            Duration retention,
            Function<V, Instant> changedAt,
            BiConsumer<String, V> delete) {
        Expiry<V> expiry = new Expiry<>(store, retention, changedAt, delete);
        var unused = context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, expiry::part);
    }

    private void part(long now) {
        Instant oldest = Instant.ofEpochMilli(now).minus(retention);
        List<KeyValue<String, V>> expired = new ArrayList<>();
        try (KeyValueIterator<String, V> entries = next == null ? store.all() : store.range(next, null)) {
            int seen = 0;
            next = null;
            while (entries.hasNext()) {
                KeyValue<String, V> entry = entries.next();
                if (seen++ == PART) {
                    next = Objects.requireNonNull(entry.key);
                    break;
                }
                if (changedAt.apply(entry.value).isBefore(oldest)) {
                    expired.add(entry);
                }
            }
        }
        expired.forEach(entry -> delete.accept(entry.key, entry.value));
    }
}
