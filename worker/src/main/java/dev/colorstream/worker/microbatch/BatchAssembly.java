package dev.colorstream.worker.microbatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Photos that wait, and when the first of them are a batch: when there are enough, or the oldest has lingered, or one comes
 * that must be alone. Those that must not wait go before the others: where the others fill batches by themselves, in every
 * second batch, a quarter of its size and therefore soon done; else on the seats that the others leave free. Time is told to
 * it; used under a lock.
 *
 * @param <T> a photo
 */
final class BatchAssembly<T> {
    private static final int RESERVED_SHARE = 4;

    private final int size;
    private final long lingerNanos;
    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
    private final Deque<Waiting<T>> urgent = new ArrayDeque<>();
    private boolean othersTurn;

    private record Waiting<T>(T photo, boolean alone, long since) {}

    /** Photos that go together: so many of the urgent ones, then so many of the others. */
    private record Length(int urgent, int others) {
        int sum() {
            return urgent + others;
        }
    }

    BatchAssembly(int size, long lingerNanos) {
        this.size = size;
        this.lingerNanos = lingerNanos;
    }

    void add(T photo, Seat seat, long now) {
        (seat == Seat.RESERVED ? urgent : waiting).add(new Waiting<>(photo, seat == Seat.ALONE, now));
    }

    int waiting() {
        return waiting.size() + urgent.size();
    }

    /** The next batch, taken out; empty while none is due. */
    List<T> takeDue(long now) {
        return nanosUntilDue(now) > 0 ? List.of() : takeFirst();
    }

    /** The next batch, due or not; empty where nothing waits. */
    private List<T> takeFirst() {
        Length length = length();
        othersTurn = length.others() == 0;
        List<T> batch = new ArrayList<>(length.sum());
        for (int i = 0; i < length.urgent(); i++) {
            batch.add(urgent.remove().photo());
        }
        for (int i = 0; i < length.others(); i++) {
            batch.add(waiting.remove().photo());
        }
        return batch;
    }

    /** How long until the next batch is due: 0 where it is, {@link Long#MAX_VALUE} where nothing waits. */
    long nanosUntilDue(long now) {
        if (waiting() == 0) {
            return Long.MAX_VALUE;
        }
        Waiting<T> next = waiting.peek();
        int length = length().sum();
        if (length == size || length < waiting() || (next != null && next.alone())) {
            return 0;
        }
        return Math.max(0, Math.min(nanosUntilLingered(urgent, now), nanosUntilLingered(waiting, now)));
    }

    /** How long the first photo has waited, 0 where nothing waits. */
    long nanosWaited(long now) {
        return Stream.of(urgent.peek(), waiting.peek())
                .filter(Objects::nonNull)
                .mapToLong(photo -> now - photo.since())
                .max()
                .orElse(0);
    }

    private long nanosUntilLingered(Deque<Waiting<T>> photos, long now) {
        Waiting<T> oldest = photos.peek();
        return oldest == null ? Long.MAX_VALUE : lingerNanos - (now - oldest.since());
    }

    private Length length() {
        if (isLoneTurn()) {
            return new Length(0, 1);
        }
        int others = othersTogether();
        int reserved = Math.max(1, size / RESERVED_SHARE);
        if (others == size && !urgent.isEmpty()) {
            return othersTurn ? new Length(0, size) : new Length(Math.min(urgent.size(), reserved), 0);
        }
        int ofUrgent = Math.min(urgent.size(), Math.max(reserved, size - others));
        return new Length(ofUrgent, Math.min(others, size - ofUrgent));
    }

    /** Whether a photo that must be alone is next; those that must not wait may not keep it from its turn. */
    private boolean isLoneTurn() {
        Waiting<T> next = waiting.peek();
        Waiting<T> nextUrgent = urgent.peek();
        return next != null && next.alone() && (nextUrgent == null || next.since() - nextUrgent.since() <= 0);
    }

    /** Photos at the head of the queue that may share a batch, at most its size. */
    private int othersTogether() {
        int length = 0;
        for (Waiting<T> next : waiting) {
            if (length == size || next.alone()) {
                return length;
            }
            length++;
        }
        return length;
    }
}
