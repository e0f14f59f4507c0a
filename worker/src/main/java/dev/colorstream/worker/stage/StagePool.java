package dev.colorstream.worker.stage;

import dev.colorstream.contract.Stage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a stage and the queue before them. A full queue makes the stage before it wait. Its depth is the meter
 * {@code colorstream.stage.queue}.
 */
public final class StagePool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StagePool.class);

    private final ThreadPoolExecutor threads;

    /**
     * Threads that wait for work.
     *
     * @param count at least 1
     * @param queue how many photos may wait before them
     */
    public StagePool(Stage stage, int count, int queue, MeterRegistry registry) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(queue),
                work -> new Thread(work, stage.wireName() + "-" + number.incrementAndGet()),
                StagePool::awaitRoom);
        Gauge.builder(
                        "colorstream.stage.queue",
                        threads,
                        pool -> pool.getQueue().size())
                .description("photos that wait for a stage")
                .tag("stage", stage.wireName())
                .register(registry);
    }

    /**
     * Does some work for a photo on one of the threads; what it throws ends neither the thread nor the photo.
     *
     * @param giveUp called when the work threw: hands the photo back, so that another attempt is made
     */
    public void run(Runnable work, Runnable giveUp) {
        threads.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A photo is handed back: {}", e.toString(), e);
                giveUp.run();
            }
        });
    }

    /** Ends the threads; work that waits is dropped. */
    @Override
    public void close() {
        threads.shutdownNow();
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
