package dev.colorstream.worker.modelversion;

import dev.colorstream.contract.model.RefusalReason;
import dev.colorstream.storage.modelregistry.LookupOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.worker.modelversion.VersionState.OpenOutcome;
import dev.colorstream.worker.modelversion.VersionState.Refused;
import dev.colorstream.worker.modelversion.VersionState.WarmUpOutcome;
import dev.colorstream.worker.modelversion.WarmingUp.Pace;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * How a version is brought from its files to serving.
 *
 * @param engines what runs its network
 * @param lanes passes that run at once
 * @param largestBatch photos of a full micro-batch
 * @param limit how long opening and warming up may take
 */
public record Preparation(EngineChoice engines, int lanes, int largestBatch, Duration limit) {
    /**
     * Fetches, opens and warms up. A version that does not end its warm-up in time is left to end by itself, on threads that
     * nobody waits for.
     *
     * @param shown is given each state on the way
     * @throws dev.colorstream.storage.objectstore.StoreUnavailableException where it cannot be fetched for now
     */
    WarmUpOutcome prepare(Loading loading, VersionSource source, Pace pace, Consumer<VersionState> shown)
            throws InterruptedException {
        LookupOutcome<ModelVersionFolder> found = source.find(loading.version());
        AtomicBoolean abandoned = new AtomicBoolean();
        CompletableFuture<WarmUpOutcome> outcome = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    WarmUpOutcome made = openAndWarmUp(loading, found, pace, shown, abandoned);
                    if (!outcome.complete(made) && made instanceof Serving late) {
                        late.closeAtOnce();
                    }
                },
                "model-" + loading.version());
        thread.setDaemon(true);
        thread.start();
        try {
            return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            abandoned.set(true);
            outcome.complete(new Refused(
                    loading.version(),
                    RefusalReason.WARM_UP_TOO_LONG,
                    "it was not warm after " + limit.toSeconds() + " s; if the network is sound, allow more"));
            return outcome.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a preparation completes with a value only", e);
        } catch (InterruptedException e) {
            abandoned.set(true);
            outcome.complete(new Refused(loading.version(), RefusalReason.OTHER, "the worker ends"));
            throw e;
        }
    }

    private WarmUpOutcome openAndWarmUp(
            Loading loading,
            LookupOutcome<ModelVersionFolder> found,
            Pace pace,
            Consumer<VersionState> shown,
            AtomicBoolean abandoned) {
        try {
            OpenOutcome opened = loading.open(found, engines, lanes);
            shown.accept(opened);
            return opened instanceof WarmingUp warming
                    ? warming.warmUp(largestBatch, pace, abandoned)
                    : (Refused) opened;
        } catch (RuntimeException | Error e) {
            return new Refused(loading.version(), RefusalReason.OTHER, "it could not be prepared: " + e);
        }
    }
}
