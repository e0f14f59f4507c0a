package dev.colorstream.worker.decode;

import dev.colorstream.worker.stage.Lane;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many pixels may be decoded at once: what bounds the worker's memory. A photo with more than the whole budget gets all
 * of it, and is then the only one. First come, first served, so that large photos are not passed over; but a quarter is kept
 * for express photos as long as no larger photo of a bulk job needs that, too.
 */
public final class PixelBudget {
    private static final int KEPT_FOR_EXPRESS = 4;

    private final int pixels;
    private final int mostOfBulk;
    private final Semaphore free;
    private final Semaphore freeForBulk;

    /** @param pixels at least 1 */
    public PixelBudget(int pixels) {
        if (pixels < 1) {
            throw new IllegalArgumentException("a budget of " + pixels + " pixels");
        }
        this.pixels = pixels;
        mostOfBulk = pixels - pixels / KEPT_FOR_EXPRESS;
        free = new Semaphore(pixels, true);
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

    /** Waits until that many pixels are free for the lane, and takes them. */
    Share take(Lane lane, int wanted) throws InterruptedException {
        int ofBulk = lane == Lane.BULK ? Math.min(wanted, mostOfBulk) : 0;
        if (ofBulk > 0) {
            // To acquire nothing would wait behind the others all the same.
            freeForBulk.acquire(ofBulk);
        }
        int share = Math.min(wanted, pixels);
        try {
            free.acquire(share);
        } catch (InterruptedException e) {
            freeForBulk.release(ofBulk);
            throw e;
        }
        return new Share(share, ofBulk);
    }

    /** How many pixels are free now. */
    public int free() {
        return free.availablePermits();
    }

    /** How many photos wait for pixels, about. */
    public int waiting() {
        return free.getQueueLength() + freeForBulk.getQueueLength();
    }
}
