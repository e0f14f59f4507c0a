package dev.colorstream.worker.microbatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Photos in the order they came, and when the first of them are a batch: when there are enough, or the oldest has lingered,
 * or one comes that must be alone. Time is told to it; used under a lock.
 *
 * @param <T> a photo
 */
final class BatchAssembly<T> {
    private final int size;
    private final long lingerNanos;
    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();

    private record Waiting<T>(T photo, boolean alone, long since) {}

    BatchAssembly(int size, long lingerNanos) {
        this.size = size;
        this.lingerNanos = lingerNanos;
    }

    void add(T photo, boolean alone, long now) {
        waiting.add(new Waiting<>(photo, alone, now));
    }

    int waiting() {
        return waiting.size();
    }

    /** The next batch, taken out; empty while none is due. */
    List<T> takeDue(long now) {
        return nanosUntilDue(now) > 0 ? List.of() : takeFirst();
    }

    /** The next batch, due or not; empty where nothing waits. */
    List<T> takeFirst() {
        List<T> batch = new ArrayList<>();
        int length = length();
        for (int i = 0; i < length; i++) {
            batch.add(waiting.remove().photo());
        }
        return batch;
    }

    /** How long until the next batch is due: 0 where it is, {@link Long#MAX_VALUE} where nothing waits. */
    long nanosUntilDue(long now) {
        Waiting<T> oldest = waiting.peek();
        if (oldest == null) {
            return Long.MAX_VALUE;
        }
        boolean isClosed = length() == size || oldest.alone() || length() < waiting.size();
        return isClosed ? 0 : Math.max(0, lingerNanos - (now - oldest.since()));
    }

    /** How many of the first photos may go together. */
    private int length() {
        int length = 0;
        for (Waiting<T> next : waiting) {
            if (length == size || (next.alone() && length > 0)) {
                return length;
            }
            length++;
            if (next.alone()) {
                return length;
            }
        }
        return length;
    }
}
