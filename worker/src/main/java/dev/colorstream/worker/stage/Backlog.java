package dev.colorstream.worker.stage;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The files that wait for the store, by their bytes. What would become one is kept waiting while they fill the part of its
 * lane: bulk photos have three quarters, express photos one. A file that is there already comes in at any rate, so that
 * nothing which it holds waits for the store. It counts half of the part at most: one that the store refuses again and again
 * keeps no other from being tried. Safe from several threads.
 */
public final class Backlog {
    private static final int KEPT_FOR_EXPRESS = 4;

    private final Map<Lane, Part> parts = new EnumMap<>(Lane.class);

    private static final class Part {
        private final long most;
        private long taken;

        private Part(long most) {
            this.most = Math.max(1, most);
        }
    }

    /** @param bytes at which it is full */
    public Backlog(long bytes) {
        parts.put(Lane.BULK, new Part(bytes - bytes / KEPT_FOR_EXPRESS));
        parts.put(Lane.EXPRESS, new Part(bytes / KEPT_FOR_EXPRESS));
    }

    /** What a file takes up until it is given back. */
    public final class Place {
        private final Part part;
        private final long taken;
        private final AtomicBoolean given = new AtomicBoolean();

        private Place(Part part, long taken) {
            this.part = part;
            this.taken = taken;
        }

        /** Gives it back; again is well, too. */
        public void giveBack() {
            if (given.compareAndSet(false, true)) {
                leave(part, taken);
            }
        }
    }

    /** Waits while the lane's part is full. */
    public synchronized void awaitRoom(Lane lane) throws InterruptedException {
        Part part = part(lane);
        while (part.taken >= part.most) {
            wait();
        }
    }

    /** Adds a file, whether there is room or not. */
    public synchronized Place add(Lane lane, long bytes) {
        Part part = part(lane);
        long taken = Math.min(bytes, (part.most + 1) / 2);
        part.taken += taken;
        return new Place(part, taken);
    }

    /** How many bytes wait, as they count. */
    public synchronized long bytes() {
        return parts.values().stream().mapToLong(part -> part.taken).sum();
    }

    private synchronized void leave(Part part, long taken) {
        part.taken -= taken;
        notifyAll();
    }

    private Part part(Lane lane) {
        return Objects.requireNonNull(parts.get(lane));
    }
}
