package dev.colorstream.worker.stage;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many pixels, or bytes, photos may have in memory at once: what bounds the worker's. A photo with more than the whole
 * budget gets all of it, and is then the only one. First come, first served, so that large photos are not passed over; but a
 * quarter is kept for express photos as long as no larger photo of a bulk job needs that, too.
 */
public final class Budget {
    private static final int KEPT_FOR_EXPRESS = 4;

    private final int whole;
    private final int mostOfBulk;
    private final Semaphore free;
    private final Semaphore freeForBulk;

    /** @param whole in pixels or bytes, at least 1 */
    public Budget(int whole) {
        if (whole < 1) {
            throw new IllegalArgumentException("a budget of " + whole);
        }
        this.whole = whole;
        mostOfBulk = whole - whole / KEPT_FOR_EXPRESS;
        free = new Semaphore(whole, true);
        freeForBulk = new Semaphore(mostOfBulk, true);
    }

    /** What a photo takes of the budget until it is given back. */
    public final class Share {
        private final int taken;
        private final int takenOfBulk;
        private final AtomicBoolean given = new AtomicBoolean();

        private Share(int taken, int takenOfBulk) {
            this.taken = taken;
            this.takenOfBulk = takenOfBulk;
        }

        /** Gives it back; again is well, too. */
        public void giveBack() {
            if (given.compareAndSet(false, true)) {
                free.release(taken);
                freeForBulk.release(takenOfBulk);
            }
        }
    }

    /** Waits until that much is free for the lane, and takes it. */
    public Share take(Lane lane, int wanted) throws InterruptedException {
        int ofBulk = lane == Lane.BULK ? Math.min(wanted, mostOfBulk) : 0;
        if (ofBulk > 0) {
            // To acquire nothing would wait behind the others all the same.
            freeForBulk.acquire(ofBulk);
        }
        int share = Math.min(wanted, whole);
        try {
            free.acquire(share);
        } catch (InterruptedException e) {
            freeForBulk.release(ofBulk);
            throw e;
        }
        return new Share(share, ofBulk);
    }

    /** How much is free now. */
    public int free() {
        return free.availablePermits();
    }

    /** How many photos wait for it, about. */
    public int waiting() {
        return free.getQueueLength() + freeForBulk.getQueueLength();
    }
}
