package dev.colorstream.worker.fetch;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.storage.objectstore.FetchOutcome;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.storage.objectstore.FetchOutcome.TooLarge;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.consumer.RequestFailure;
import dev.colorstream.worker.stage.Budget;
import dev.colorstream.worker.stage.StagePool;
import dev.colorstream.worker.stage.StageTimer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Fetches gray photos, several at once. A photo that is not there yet gets a short grace, since keys may come before their
 * objects; a store that is unavailable is waited for. Files are in a budget of bytes until they are decoded.
 */
public final class FetchStage {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final ObjectStore store;
    private final StorePatience patience;
    private final StagePool pool;
    private final StageTimer timer;
    private final Limits limits;
    private final Clock clock;
    private final Function<ColorizeRequest, ModelVersionId> version;
    private final Exits exits;

    /**
     * What is taken and how long is waited for it.
     *
     * @param maxBytes a photo with more fails
     * @param missingGrace how long after its request a photo may come
     * @param memory bytes that photos may have in memory until they are decoded
     * @param firstShare what each photo takes of that before its size is known, at least 1; one with more is fetched anew when
     *     there is room for it
     */
    public record Limits(long maxBytes, Duration missingGrace, Budget memory, int firstShare) {}

    /** Where photos go from here. */
    public record Exits(
            Consumer<FetchedPhoto> fetched, Consumer<EarlierColor> earlier, Consumer<RequestFailure> failed) {}

    /**
     * Fetches from the store.
     *
     * @param clock tells how old a request is
     * @param version that a request is to be colored by: earlier results of that version hold
     */
    public FetchStage(
            ObjectStore store,
            StorePatience patience,
            StagePool pool,
            StageTimer timer,
            Limits limits,
            Clock clock,
            Function<ColorizeRequest, ModelVersionId> version,
            Exits exits) {
        this.store = store;
        this.patience = patience;
        this.pool = pool;
        this.timer = timer;
        this.limits = limits;
        this.clock = clock;
        this.version = version;
        this.exits = exits;
    }

    /** Takes a request. */
    public void accept(Assignment assignment) {
        long start = timer.now();
        patience.run(pool, assignment, () -> fetch(assignment, start));
    }

    private void fetch(Assignment assignment, long start) {
        Optional<EarlierColor> earlier = assignment.isRedelivery() ? earlierColor(assignment) : Optional.empty();
        if (earlier.isPresent()) {
            timer.book(assignment.times(), start);
            exits.earlier().accept(earlier.orElseThrow());
            return;
        }
        try {
            fetchFile(assignment, start);
        } catch (InterruptedException e) {
            // The worker ends; the record goes back to the group.
            Thread.currentThread().interrupt();
        }
    }

    private void fetchFile(Assignment assignment, long start) throws InterruptedException {
        ObjectAddress source = assignment.request().source();
        Budget.Share share = limits.memory().take(assignment.lane(), limits.firstShare());
        boolean handedOn = false;
        try {
            FetchOutcome outcome = store.fetch(source, Math.min(limits.firstShare(), limits.maxBytes()));
            if (outcome instanceof TooLarge large && large.size() <= limits.maxBytes()) {
                share.giveBack();
                share = limits.memory().take(assignment.lane(), (int) large.size());
                outcome = store.fetch(source, limits.maxBytes());
            }
            if (outcome instanceof Found found) {
                timer.book(assignment.times(), start);
                patience.served(() -> store.fetch(source, limits.firstShare()));
                handedOn = true;
                exits.fetched().accept(new FetchedPhoto(assignment, found.bytes(), share));
            } else {
                settle(assignment, start, outcome);
            }
        } finally {
            if (!handedOn) {
                share.giveBack();
            }
        }
    }

    private void settle(Assignment assignment, long start, FetchOutcome withoutFile) {
        ObjectAddress source = assignment.request().source();
        if (withoutFile instanceof TooLarge tooLarge) {
            fail(
                    assignment,
                    start,
                    FailureReason.TOO_LARGE,
                    source + " has " + tooLarge.size() + " bytes, at most " + limits.maxBytes() + " are taken");
        } else if (source.hasEmptyPart()) {
            fail(
                    assignment,
                    start,
                    FailureReason.OBJECT_MISSING,
                    source + " has an empty part in its key, between two slashes, and is not asked for: rename it");
        } else if (mayStillCome(assignment, start)) {
            patience.runLater(pool, assignment, () -> fetch(assignment, start), LOOK_AGAIN);
        } else {
            fail(
                    assignment,
                    start,
                    FailureReason.OBJECT_MISSING,
                    "there is no " + source + ": upload the photo first, then send its request");
        }
    }

    /**
     * By the request's own age: the others of its window wait with it, so that a stream of requests without photos would be
     * slow if each had its whole grace when its turn comes.
     */
    private boolean mayStillCome(Assignment assignment, long start) {
        Duration waited = Duration.ofNanos(timer.now() - start);
        Duration age = Duration.between(
                Instant.ofEpochMilli(assignment.held().message().timestamp()), clock.instant());
        return waited.compareTo(limits.missingGrace()) < 0 && age.compareTo(limits.missingGrace()) < 0;
    }

    private Optional<EarlierColor> earlierColor(Assignment assignment) {
        ObjectAddress address = assignment.colorAddress();
        return store.stat(address)
                .flatMap(summary -> ColorMetadata.of(summary.metadata()))
                .filter(metadata -> metadata.isOf(assignment.request().id(), version.apply(assignment.request())))
                .map(metadata -> new EarlierColor(
                        assignment,
                        new ColorObject(
                                address,
                                assignment.format().contentType(),
                                metadata.width(),
                                metadata.height(),
                                metadata.sha256()),
                        metadata.version(),
                        metadata.traits()));
    }

    private void fail(Assignment assignment, long start, FailureReason reason, String detail) {
        timer.book(assignment.times(), start);
        exits.failed().accept(RequestFailure.of(assignment, reason, Stage.FETCH, detail));
    }
}
