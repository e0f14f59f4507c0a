package dev.colorstream.worker.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that this worker holds. It is settled when the last of its requests has ended, or when one of them was given up.
 * Safe from several threads.
 */
public final class HeldRecord {
    private final ConsumerRecord<byte[], byte[]> message;
    private final Optional<SuspectRecord> suspect;
    private final Runnable onSettled;
    private final AtomicInteger openRequests = new AtomicInteger();
    private final AtomicBoolean settled = new AtomicBoolean();
    private final List<Runnable> steps = new ArrayList<>();
    private int paused;
    private volatile boolean abandoned;

    /** @param onSettled called once */
    HeldRecord(ConsumerRecord<byte[], byte[]> message, Runnable onSettled) {
        this.message = message;
        this.suspect = SuspectRecord.read(message);
        this.onSettled = onSettled;
    }

    /** The record as it came first, before it was suspected of anything. */
    public ConsumerRecord<byte[], byte[]> message() {
        return suspect.map(SuspectRecord::original).orElse(message);
    }

    /** The record as it was delivered, which is acknowledged. */
    ConsumerRecord<byte[], byte[]> delivered() {
        return message;
    }

    /** Whether it is held for itself. */
    boolean isSuspect() {
        return suspect.isPresent();
    }

    /** Which delivery of the record this is, from 1 on. */
    public int attempt() {
        return suspect.map(SuspectRecord::deliveries).orElse(0)
                + message.deliveryCount().map(Short::intValue).orElse(1);
    }

    /** Where it lies now. */
    RecordPlace place() {
        return RecordPlace.of(message);
    }

    /** Says how many requests the record holds, before any of them can end. */
    void expect(int requests) {
        openRequests.set(requests);
        if (requests == 0) {
            settle();
        }
    }

    /** One of its requests has ended, its result is told. */
    void requestEnded() {
        if (openRequests.decrementAndGet() == 0) {
            settle();
        }
    }

    /** One of its requests cannot be brought to an end by this attempt: the record shall be delivered again. */
    void abandon() {
        abandoned = true;
        settle();
    }

    /** One of its requests waits for something outside this worker, until {@link #goOn}. */
    synchronized void pause() {
        paused++;
        notifyAll();
    }

    /** The request that was paused goes on by this step, when the record has its turn. */
    synchronized void goOn(Runnable step) {
        paused--;
        toDo(step);
    }

    /** Something is to be done for it when it has its turn. */
    synchronized void toDo(Runnable step) {
        steps.add(step);
        notifyAll();
    }

    /** What is to be done for it now; the caller does it. */
    synchronized List<Runnable> takeSteps() {
        List<Runnable> taken = List.copyOf(steps);
        steps.clear();
        return taken;
    }

    /** Whether anything is done for it, or to be done, in this worker. */
    synchronized boolean isInWork() {
        return !isSettled() && (!steps.isEmpty() || openRequests.get() > paused);
    }

    /** Waits until it is settled, pauses or has something to be done, at most that long. */
    synchronized void awaitNews(Duration limit) throws InterruptedException {
        boolean inWork = isInWork();
        long end = System.nanoTime() + limit.toNanos();
        long left = limit.toMillis();
        while (left > 0 && !isSettled() && steps.isEmpty() && isInWork() == inWork) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    boolean isSettled() {
        return settled.get();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    private void settle() {
        if (settled.compareAndSet(false, true)) {
            onSettled.run();
            synchronized (this) {
                notifyAll();
            }
        }
    }
}
