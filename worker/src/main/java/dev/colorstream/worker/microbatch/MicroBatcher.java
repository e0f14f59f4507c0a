package dev.colorstream.worker.microbatch;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.decode.DecodedPhoto;
import dev.colorstream.worker.stage.Lane;
import dev.colorstream.worker.stage.StageTimer;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gathers photos into micro-batches, each of one model version. While the network works on one, the next grows; the meter {@code
 * colorstream.batch.size} tells how large they become. Safe from several threads.
 */
public final class MicroBatcher {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final VersionQueues<ModelVersionId, DecodedPhoto> queues;
    private final StageTimer timer;
    private final DistributionSummary sizes;
    private boolean closed;

    /**
     * @param size of a full batch, at least 1
     * @param linger how long a photo waits for others
     */
    public MicroBatcher(int size, Duration linger, StageTimer timer, MeterRegistry registry) {
        queues = new VersionQueues<>(size, linger.toNanos());
        this.timer = timer;
        sizes = DistributionSummary.builder("colorstream.batch.size")
                .description("photos in a micro-batch")
                .register(registry);
        Gauge.builder("colorstream.stage.queue", this, MicroBatcher::waiting)
                .description("photos that wait for a stage")
                .tag("stage", "microbatch")
                .register(registry);
    }

    /** Takes a photo. */
    public void accept(DecodedPhoto photo) {
        lock.lock();
        try {
            ModelVersionId version = photo.assignment().lease().model().version();
            queues.add(version, photo, seat(photo.assignment()), timer.now());
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next batch; empty when the batcher is closed. */
    public List<DecodedPhoto> take() throws InterruptedException {
        List<DecodedPhoto> batch = awaitBatch();
        batch.forEach(photo -> timer.book(photo.assignment().times(), photo.decodedAt()));
        if (!batch.isEmpty()) {
            sizes.record(batch.size());
        }
        return batch;
    }

    /** No photo comes any more; what waits is dropped. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<DecodedPhoto> awaitBatch() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                List<DecodedPhoto> due = queues.takeDue(timer.now());
                if (!due.isEmpty()) {
                    return due;
                }
                // Long enough for ever, short enough not to overflow.
                long nanos = Math.min(
                        queues.nanosUntilDue(timer.now()), Duration.ofHours(1).toNanos());
                change.awaitNanos(nanos);
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private static Seat seat(Assignment assignment) {
        if (assignment.isAlone()) {
            return Seat.ALONE;
        }
        return assignment.lane() == Lane.EXPRESS ? Seat.RESERVED : Seat.ANY;
    }

    private int waiting() {
        lock.lock();
        try {
            return queues.waiting();
        } finally {
            lock.unlock();
        }
    }
}
