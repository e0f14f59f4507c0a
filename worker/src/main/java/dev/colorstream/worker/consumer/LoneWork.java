package dev.colorstream.worker.consumer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets a record that may end the worker be the only one in work: windows share it, a suspect has it to itself, so that what
 * it ends is no other photo's work.
 */
final class LoneWork {
    // Fair: else the windows, of which one is always open, would keep a suspect out for ever.
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** Waits until no suspect is in work. */
    void enterShared() {
        lock.readLock().lock();
    }

    void leaveShared() {
        lock.readLock().unlock();
    }

    /** Waits until no other work is going on, at most that long; tells whether that is so. */
    boolean enterAlone(Duration limit) throws InterruptedException {
        return lock.writeLock().tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    void leaveAlone() {
        lock.writeLock().unlock();
    }
}
