package dev.colorstream.worker.fetch;

import dev.colorstream.storage.objectstore.StoreUnavailableException;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.stage.StagePool;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats what a store could not do, for as long as the store is unavailable: its photos are held, never failed. A photo that
 * alone fails while the store answers for others is handed back after a while, so that the rule for poison comes to it.
 */
public final class StorePatience implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StorePatience.class);
    private static final int ATTEMPTS_WHILE_OTHERS_SUCCEED = 8;
    private static final int MOST_DOUBLINGS = 4;

    private final StoreAvailability availability;
    private final Duration firstPause;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "store-patience"));

    /** @param firstPause before the first repetition; later ones are longer, up to 16 times */
    public StorePatience(StoreAvailability availability, Duration firstPause) {
        this.availability = availability;
        this.firstPause = firstPause;
    }

    /** Does the work on the pool, again and again until the store was available for it. */
    public void run(StagePool pool, Assignment assignment, Runnable work) {
        run(pool, assignment, work, 1, 0);
    }

    /** Does the work on the pool after a pause. */
    public void runLater(StagePool pool, Assignment assignment, Runnable work, Duration pause) {
        later(pause, () -> run(pool, assignment, work));
    }

    private void run(StagePool pool, Assignment assignment, Runnable work, int attempt, int failedAmongAnswers) {
        pool.run(
                assignment.lane(),
                () -> {
                    long answersBefore = availability.answers();
                    try {
                        work.run();
                        availability.answered();
                    } catch (StoreUnavailableException e) {
                        boolean othersSucceed = availability.answers() > answersBefore;
                        availability.failed(e);
                        int failed = failedAmongAnswers + (othersSucceed ? 1 : 0);
                        if (failed >= ATTEMPTS_WHILE_OTHERS_SUCCEED) {
                            LOG.atWarn()
                                    .addKeyValue(
                                            "requestId", assignment.request().id())
                                    .log("The store fails for this photo alone, it is handed back: {}", e.getMessage());
                            assignment.giveUp();
                        } else {
                            later(pause(attempt), () -> run(pool, assignment, work, attempt + 1, failed));
                        }
                    }
                },
                assignment::giveUp);
    }

    private void later(Duration pause, Runnable work) {
        try {
            var unused = clock.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The worker ends, what was held goes back", e);
        }
    }

    private Duration pause(int attempt) {
        return firstPause.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    }

    /** Forgets what waits. */
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
