package dev.colorstream.local.launcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The child processes of a run, ended in the reverse of the order in which they came. Safe from several threads. */
final class Children implements AutoCloseable {
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private boolean closed;

    /**
     * Takes a child over.
     *
     * @param end ends it
     * @throws CancellationException if the run has ended meanwhile; the child has too, then
     */
    <C> C add(C child, Runnable end) {
        synchronized (this) {
            if (!closed) {
                ends.push(end);
                return child;
            }
        }
        end.run();
        throw new CancellationException("ended while it started");
    }

    /** Whether the end of the run has begun. */
    synchronized boolean isClosed() {
        return closed;
    }

    /** Ends all children. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (Runnable end = next(); end != null; end = next()) {
            end.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        return ends.poll();
    }
}
