package dev.colorstream.worker.consumer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records that one member of the group took at once. They stay in it until they are acknowledged. */
final class Window {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final Map<RecordPlace, HeldRecord> held = new LinkedHashMap<>();

    Window(Iterable<ConsumerRecord<byte[], byte[]>> messages) {
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            held.put(RecordPlace.of(message), new HeldRecord(message, this::signal));
        }
    }

    /** The records that are not acknowledged yet. */
    List<HeldRecord> held() {
        return new ArrayList<>(held.values());
    }

    boolean holds(RecordPlace place) {
        return held.containsKey(place);
    }

    /** Takes acknowledged records, or lost ones, out. */
    void remove(Collection<HeldRecord> gone) {
        gone.forEach(record -> held.remove(record.place()));
    }

    /** Waits until all of them are settled, at most that long; tells whether they are. */
    boolean awaitSettled(Collection<HeldRecord> records, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (!records.stream().allMatch(HeldRecord::isSettled)) {
                if (left <= 0) {
                    return false;
                }
                left = change.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
