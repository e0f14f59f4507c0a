package dev.colorstream.worker.fetch;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the object store answers, as the stages that use it found last. Safe from several threads. */
public final class StoreAvailability {
    private static final Logger LOG = LoggerFactory.getLogger(StoreAvailability.class);

    private final AtomicLong answers = new AtomicLong();
    private volatile boolean available;

    /** Starts as not available: nobody has asked yet. */
    public StoreAvailability() {}

    /** The store gave an answer. */
    public void answered() {
        answers.incrementAndGet();
        if (!available) {
            available = true;
            LOG.info("The object store answers");
        }
    }

    /** The store could not be used. */
    public void failed(Throwable cause) {
        if (available) {
            available = false;
            LOG.warn("The object store is unavailable, photos are held until it answers: {}", cause.getMessage());
        }
    }

    /** Whether it answered last. */
    public boolean isAvailable() {
        return available;
    }

    /** How often it answered. */
    long answers() {
        return answers.get();
    }
}
