package dev.colorstream.worker.fetch;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the object store answers calls of one kind, as the stages that make them found last: a store that is full refuses to
 * take photos and gives them all the same. Safe from several threads.
 */
public final class StoreAvailability {
    private static final Logger LOG = LoggerFactory.getLogger(StoreAvailability.class);

    private final AtomicLong answers = new AtomicLong();
    private final String calls;
    private volatile boolean available;

    /**
     * Starts as not available: nobody has asked yet.
     *
     * @param calls what is asked of the store, for the log
     */
    public StoreAvailability(String calls) {
        this.calls = calls;
    }

    /** The store gave an answer. */
    public void answered() {
        answers.incrementAndGet();
        if (!available) {
            available = true;
            LOG.info("The object store answers {}", calls);
        }
    }

    /** The store could not be used. */
    public void failed(Throwable cause) {
        if (available) {
            available = false;
            LOG.warn(
                    "The object store is unavailable for {}, photos are held until it answers: {}",
                    calls,
                    cause.getMessage());
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
