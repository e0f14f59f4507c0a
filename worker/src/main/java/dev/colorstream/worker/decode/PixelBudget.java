package dev.colorstream.worker.decode;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many pixels may be decoded at once: what bounds the worker's memory. A photo with more than the whole budget gets all
 * of it, and is then the only one. First come, first served, so that large photos are not passed over.
 */
public final class PixelBudget {
    private final int pixels;
    private final Semaphore free;

    /** @param pixels at least 1 */
    public PixelBudget(int pixels) {
        if (pixels < 1) {
            throw new IllegalArgumentException("a budget of " + pixels + " pixels");
        }
        this.pixels = pixels;
        free = new Semaphore(pixels, true);
    }

    /** What a photo takes of the budget until it is given back. */
    public final class Share {
        private final int taken;
        private final AtomicBoolean given = new AtomicBoolean();

        private Share(int taken) {
            this.taken = taken;
        }

        /** Gives it back; again is well, too. */
        public void giveBack() {
            if (given.compareAndSet(false, true)) {
                free.release(taken);
            }
        }
    }

    /** Waits until that many pixels are free, and takes them. */
    Share take(int wanted) throws InterruptedException {
        int share = Math.min(wanted, pixels);
        free.acquire(share);
        return new Share(share);
    }

    /** How many pixels are free now. */
    public int free() {
        return free.availablePermits();
    }

    /** How many photos wait for pixels, about. */
    public int waiting() {
        return free.getQueueLength();
    }
}
