package dev.colorstream.worker.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes records as members of a share group: several consumers, each on its own thread with a window of its own, because
 * a consumer that holds a window cannot fetch the next.
 */
public final class ShareGroupSource implements RequestSource {
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final List<ShareMember> members = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Stopping stopping = new Stopping();
    private final Thread.UncaughtExceptionHandler onError;

    /** Whether the source ends, and until when those that are held may still end in order. */
    static final class Stopping {
        private final AtomicBoolean begun = new AtomicBoolean();
        private volatile long deadline;

        void begin(Duration grace) {
            deadline = System.nanoTime() + grace.toNanos();
            begun.set(true);
        }

        boolean hasBegun() {
            return begun.get();
        }

        boolean isOver() {
            return begun.get() && System.nanoTime() - deadline >= 0;
        }
    }

    /**
     * Members that do not run yet.
     *
     * @param settings of each group of members, such as one for bulk and one for express requests
     * @param mover of suspects to their topic
     * @param onError told of the error that a member ended by
     */
    public ShareGroupSource(
            List<ShareGroupSettings> settings,
            PoisonRule rule,
            Admission admission,
            SuspectMover mover,
            Thread.UncaughtExceptionHandler onError) {
        this.onError = onError;
        LoneWork loneWork = new LoneWork();
        for (ShareGroupSettings group : settings) {
            for (int i = 0; i < group.members(); i++) {
                members.add(new ShareMember(group, rule, admission, mover, loneWork, stopping));
            }
        }
    }

    @Override
    public void start() {
        for (ShareMember member : members) {
            Thread thread = new Thread(member, "consumer-" + (threads.size() + 1));
            thread.setUncaughtExceptionHandler(onError);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    @Override
    public void stop(Duration grace) {
        stopping.begin(grace);
        long end = System.nanoTime() + grace.plus(FAREWELL).toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isConnected() {
        return members.stream().allMatch(ShareMember::isConnected);
    }

    @Override
    public boolean isAlive() {
        return stopping.hasBegun() || threads.stream().allMatch(Thread::isAlive);
    }
}
