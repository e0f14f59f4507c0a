package dev.colorstream.worker.fetch;

import dev.colorstream.storage.objectstore.StoreUnavailableException;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.stage.StagePool;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats what a store could not do, for as long as the store is unavailable: its photos are held, never failed. A photo that
 * alone fails while the store serves others is handed back after a while, so that the rule for poison comes to it. Where no
 * other photo tells, since all that are held fail, the store is asked again for what it served last.
 */
public final class StorePatience implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StorePatience.class);
    private static final int ATTEMPTS_WHILE_OTHERS_SUCCEED = 8;
    private static final int MOST_DOUBLINGS = 4;

    private final StoreAvailability availability;
    private final Duration firstPause;
    private final AtomicBoolean proving = new AtomicBoolean();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "store-patience"));
    private volatile Optional<Runnable> lastServed = Optional.empty();

    /**
     * How a photo fared with the store so far.
     *
     * @param failed attempts
     * @param failedAlone those of them before which the store served others, after the attempt before
     * @param answers of the store when the last attempt ended
     */
    private record Course(int failed, int failedAlone, long answers) {}

    /** @param firstPause before the first repetition; later ones are longer, up to 16 times */
    public StorePatience(StoreAvailability availability, Duration firstPause) {
        this.availability = availability;
        this.firstPause = firstPause;
    }

    /** Does the work on the pool, again and again until the store was available for it. */
    public void run(StagePool pool, Assignment assignment, Runnable work) {
        run(pool, assignment, work, new Course(0, 0, availability.answers()));
    }

    /** Does the work on the pool after a pause. */
    public void runLater(StagePool pool, Assignment assignment, Runnable work, Duration pause) {
        later(pause, () -> run(pool, assignment, work));
    }

    /**
     * Says what the store has just served.
     *
     * @param again asks for it once more, as a photo's work does; holds no bytes
     */
    public void served(Runnable again) {
        lastServed = Optional.of(again);
    }

    private void run(StagePool pool, Assignment assignment, Runnable work, Course before) {
        pool.run(
                assignment.lane(),
                () -> {
                    if (before.failed() > 0 && availability.answers() == before.answers()) {
                        lastServed.ifPresent(this::prove);
                    }
                    try {
                        work.run();
                        availability.answered();
                    } catch (StoreUnavailableException e) {
                        long answers = availability.answers();
                        boolean alone = e.isOfObject() && answers > before.answers();
                        if (!alone) {
                            availability.failed(e);
                        }
                        repeat(
                                pool,
                                assignment,
                                work,
                                new Course(before.failed() + 1, before.failedAlone() + (alone ? 1 : 0), answers),
                                e);
                    }
                },
                assignment::giveUp);
    }

    private void repeat(
            StagePool pool, Assignment assignment, Runnable work, Course course, StoreUnavailableException failure) {
        if (course.failedAlone() >= ATTEMPTS_WHILE_OTHERS_SUCCEED) {
            LOG.atWarn()
                    .addKeyValue("requestId", assignment.request().id())
                    .log("The store fails for this photo alone, it is handed back: {}", failure.getMessage());
            assignment.giveUp();
        } else {
            assignment.pause();
            later(pause(course.failed()), () -> assignment.goOn(() -> run(pool, assignment, work, course)));
        }
    }

    /** One at a time: what it finds is told to all that wait. */
    private void prove(Runnable served) {
        if (proving.compareAndSet(false, true)) {
            try {
                served.run();
                availability.answered();
            } catch (StoreUnavailableException e) {
                LOG.debug("The store does not even serve what it served last: {}", e.getMessage());
            } finally {
                proving.set(false);
            }
        }
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
