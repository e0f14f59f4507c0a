package dev.colorstream.worker.modelversion;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.worker.modelversion.VersionState.WarmUpOutcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A version that colors photos. Safe from several threads; leasing takes no lock. */
final class Serving implements WarmUpOutcome {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    /** Added to the number of leases while new ones are given. */
    private static final int OPEN = 1 << 30;

    private final ServedModel model;
    private final AtomicInteger openAndLeases = new AtomicInteger(OPEN);
    private final CompletableFuture<Retired> end = new CompletableFuture<>();
    private volatile long lastPinned;

    Serving(ServedModel model) {
        this.model = model;
    }

    @Override
    public ModelVersionId version() {
        return model.version();
    }

    @Override
    public String stateName() {
        return "serving";
    }

    ServedModel model() {
        return model;
    }

    /** A hold on the version; empty once it drains. */
    Optional<Lease> lease() {
        int seen = openAndLeases.get();
        while (seen >= OPEN) {
            if (openAndLeases.compareAndSet(seen, seen + 1)) {
                return Optional.of(new CountedLease());
            }
            seen = openAndLeases.get();
        }
        return Optional.empty();
    }

    /** No more leases; it is closed when the last one has ended. To be called once. */
    Draining drain() {
        if (openAndLeases.addAndGet(-OPEN) == 0) {
            retire();
        }
        return new Draining(version(), end);
    }

    /** Closes it whatever is leased: when nothing can run any more. */
    void closeAtOnce() {
        model.colorizer().close();
    }

    /** Notes that a request asked for this very version. */
    void pinned(long turn) {
        lastPinned = turn;
    }

    /** The turn in which a request last asked for this very version, 0 for none. */
    long lastPinned() {
        return lastPinned;
    }

    private void retire() {
        try {
            model.colorizer().close();
        } catch (RuntimeException e) {
            LOG.error("Model version {} could not be closed, its native memory may be lost", version(), e);
        }
        end.complete(new Retired(version()));
    }

    private final class CountedLease implements Lease {
        private final AtomicBoolean ended = new AtomicBoolean();

        @Override
        public ServedModel model() {
            return model;
        }

        @Override
        public void close() {
            if (ended.compareAndSet(false, true) && openAndLeases.decrementAndGet() == 0) {
                retire();
            }
        }
    }
}
