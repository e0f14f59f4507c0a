package dev.colorstream.worker.stage;

import dev.colorstream.contract.Stage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a stage and the queues before them, one for each {@link Lane}: an express photo does not wait for the work
 * of a bulk job, nor for its memory. A full queue makes the stage before it wait. How many wait in both is the meter {@code
 * colorstream.stage.queue}.
 */
public final class StagePool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StagePool.class);
    private static final long IDLE_SECONDS = 60;

    private final Map<Lane, ThreadPoolExecutor> lanes = new EnumMap<>(Lane.class);

    /**
     * Threads that wait for work.
     *
     * @param count of each lane, at least 1; those of a lane without work end
     * @param queue how many photos of each lane may wait before them
     */
    public StagePool(Stage stage, int count, int queue, MeterRegistry registry) {
        AtomicInteger number = new AtomicInteger();
        for (Lane lane : Lane.values()) {
            ThreadPoolExecutor threads = new ThreadPoolExecutor(
                    count,
                    count,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(queue),
                    work -> new Thread(work, stage.wireName() + "-" + number.incrementAndGet()),
                    StagePool::awaitRoom);
            threads.allowCoreThreadTimeOut(true);
            lanes.put(lane, threads);
        }
        Gauge.builder("colorstream.stage.queue", lanes, StagePool::waiting)
                .description("photos that wait for a stage")
                .tag("stage", stage.wireName())
                .register(registry);
    }

    private static int waiting(Map<Lane, ThreadPoolExecutor> lanes) {
        return lanes.values().stream()
                .mapToInt(threads -> threads.getQueue().size())
                .sum();
    }

    /**
     * Does some work for a photo on one of the lane's threads; what it throws ends neither the thread nor the photo.
     *
     * @param giveUp called when the work threw, or comes after the end: hands the photo back, so that another attempt is made
     */
    public void run(Lane lane, Runnable work, Runnable giveUp) {
        try {
            Objects.requireNonNull(lanes.get(lane)).execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("A photo is handed back: {}", e.toString(), e);
                    giveUp.run();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("A photo is handed back", e);
            giveUp.run();
        }
    }

    /** Ends the threads; work that waits is dropped. */
    @Override
    public void close() {
        lanes.values().forEach(ThreadPoolExecutor::shutdownNow);
    }

    private static void awaitRoom(Runnable work, ThreadPoolExecutor pool) {
        try {
            if (pool.isShutdown()) {
                throw new RejectedExecutionException("the worker ends");
            }
            pool.getQueue().put(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("the worker ends", e);
        }
    }
}
