package dev.colorstream.worker.microbatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Photos that wait, those of each model version apart, since a batch has one network and one shape. Of the batches that are
 * due the one goes first whose first photo waits longest. Time is told to it; used under a lock.
 *
 * @param <V> a version
 * @param <T> a photo
 */
final class VersionQueues<V, T> {
    private final int size;
    private final long lingerNanos;
    private final Map<V, BatchAssembly<T>> byVersion = new LinkedHashMap<>();

    VersionQueues(int size, long lingerNanos) {
        this.size = size;
        this.lingerNanos = lingerNanos;
    }

    void add(V version, T photo, Seat seat, long now) {
        byVersion
                .computeIfAbsent(version, unseen -> new BatchAssembly<>(size, lingerNanos))
                .add(photo, seat, now);
    }

    int waiting() {
        return byVersion.values().stream().mapToInt(BatchAssembly::waiting).sum();
    }

    /** The next batch, taken out; empty while none is due. */
    List<T> takeDue(long now) {
        Optional<Map.Entry<V, BatchAssembly<T>>> next = byVersion.entrySet().stream()
                .filter(queue -> queue.getValue().nanosUntilDue(now) == 0)
                .max((one, other) -> Long.compare(
                        one.getValue().nanosWaited(now), other.getValue().nanosWaited(now)));
        if (next.isEmpty()) {
            return List.of();
        }
        BatchAssembly<T> queue = next.orElseThrow().getValue();
        List<T> batch = queue.takeDue(now);
        if (queue.waiting() == 0) {
            byVersion.remove(next.orElseThrow().getKey());
        }
        return batch;
    }

    /** How long until the next batch is due: 0 where it is, {@link Long#MAX_VALUE} where nothing waits. */
    long nanosUntilDue(long now) {
        return byVersion.values().stream()
                .mapToLong(queue -> queue.nanosUntilDue(now))
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
