package dev.colorstream.worker.consumer;

import dev.colorstream.worker.consumer.ShareGroupSource.Stopping;
import java.time.Duration;

/**
 * Brings a suspect to its end, in turns in which nothing else is in work. While it waits for the store, or for its model
 * version, it is held beside open windows: one photo that the store refuses must not keep the others from theirs, and what
 * becomes of them tells whether it is refused alone.
 */
final class SuspectWork {
    private static final Duration LOOK = Duration.ofMillis(100);
    /** Longer than most windows are open. */
    private static final Duration ASKING = Duration.ofSeconds(30);

    private final HeldRecord suspect;
    private final LoneWork loneWork;
    private final Stopping stopping;
    private final Runnable renewal;
    private final Duration pause;
    private Duration asking;

    /** @param renewal called often; keeps what is held from running out */
    SuspectWork(HeldRecord suspect, LoneWork loneWork, Stopping stopping, Runnable renewal) {
        this(suspect, loneWork, stopping, renewal, ASKING);
    }

    /** @param asking how long it asks for a turn, and how long it then leaves the others to themselves */
    SuspectWork(HeldRecord suspect, LoneWork loneWork, Stopping stopping, Runnable renewal, Duration asking) {
        this.suspect = suspect;
        this.loneWork = loneWork;
        this.stopping = stopping;
        this.renewal = renewal;
        this.pause = asking;
        this.asking = asking;
    }

    /**
     * Returns when the suspect has ended, or the time of the worker is over.
     *
     * @param ended called in the suspect's last turn
     */
    void run(Runnable ended) throws InterruptedException {
        // Also while the worker ends: given back, it would come again as if it had harmed this worker, too.
        while (!suspect.isSettled() && !stopping.isOver()) {
            if (!suspect.isInWork()) {
                look();
            } else if (!hasTurn(ended)) {
                // A window may stay open for as long as the store is out for its photos, or longer than was asked.
                asking = asking.multipliedBy(2);
                leaveToOthers();
            }
        }
    }

    private boolean hasTurn(Runnable ended) throws InterruptedException {
        LoneWork.Turn turn = loneWork.ask();
        try {
            if (!comes(turn)) {
                return false;
            }
            while (suspect.isInWork() && !stopping.isOver()) {
                suspect.takeSteps().forEach(Runnable::run);
                look();
            }
            if (suspect.isSettled()) {
                ended.run();
            }
            return true;
        } finally {
            turn.end();
        }
    }

    private boolean comes(LoneWork.Turn turn) throws InterruptedException {
        long begun = System.nanoTime();
        while (!turn.await(LOOK)) {
            if (stopping.isOver() || System.nanoTime() - begun >= asking.toNanos()) {
                return false;
            }
            renewal.run();
        }
        return true;
    }

    private void leaveToOthers() throws InterruptedException {
        long begun = System.nanoTime();
        while (!stopping.hasBegun() && System.nanoTime() - begun < pause.toNanos()) {
            Thread.sleep(Math.min(LOOK.toMillis(), pause.toMillis()));
            renewal.run();
        }
    }

    private void look() throws InterruptedException {
        suspect.awaitNews(LOOK);
        renewal.run();
    }
}
