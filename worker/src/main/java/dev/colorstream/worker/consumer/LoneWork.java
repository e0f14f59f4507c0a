package dev.colorstream.worker.consumer;

import java.time.Duration;

/**
 * Lets a record that may end the worker be the only one in work: windows share it, a suspect has it to itself, so that what
 * it ends is no other photo's work. As soon as a suspect asks for its turn no window opens any more: else the windows, of
 * which one is always open, would keep it out for ever. Safe from several threads.
 */
final class LoneWork {
    private int windows;
    private int suspects;
    private boolean suspectInWork;

    /** Waits until no suspect is in work or asks for its turn. */
    synchronized void enterShared() throws InterruptedException {
        while (suspects > 0) {
            wait();
        }
        windows++;
    }

    synchronized void leaveShared() {
        windows--;
        notifyAll();
    }

    /** Asks for the turn of a suspect. It must be ended, whether it came or not. */
    synchronized Turn ask() {
        suspects++;
        return new Turn();
    }

    /** A suspect's time alone. */
    final class Turn {
        private boolean come;

        private Turn() {}

        /** Waits until no other work is going on, at most that long; tells whether that is so. */
        boolean await(Duration limit) throws InterruptedException {
            return come(this, limit);
        }

        void end() {
            LoneWork.this.end(this);
        }
    }

    private synchronized boolean come(Turn turn, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (windows > 0 || suspectInWork) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        suspectInWork = true;
        turn.come = true;
        return true;
    }

    private synchronized void end(Turn turn) {
        suspects--;
        if (turn.come) {
            suspectInWork = false;
        }
        notifyAll();
    }
}
