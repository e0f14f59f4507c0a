package dev.colorstream.storage.objectstore;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.storage.objectstore.FetchOutcome.Missing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store whose calls are timed: {@code colorstream.store.calls}, by {@code operation} and {@code outcome}, which is
 * found, missing, too-large, done, unavailable or failed.
 */
public final class InstrumentedObjectStore implements ObjectStore {
    private static final String METER = "colorstream.store.calls";
    private static final String DONE = "done";

    private final ObjectStore store;
    private final MeterRegistry registry;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    /** @param store closed with this one */
    public InstrumentedObjectStore(ObjectStore store, MeterRegistry registry) {
        this.store = store;
        this.registry = registry;
    }

    @Override
    public FetchOutcome fetch(ObjectAddress address, long maxBytes) {
        return timed(
                "fetch",
                () -> store.fetch(address, maxBytes),
                outcome -> outcome instanceof Found ? "found" : outcome instanceof Missing ? "missing" : "too-large");
    }

    @Override
    public boolean download(ObjectAddress address, Path file) {
        return timed("download", () -> store.download(address, file), isThere -> isThere ? "found" : "missing");
    }

    @Override
    public void put(ObjectAddress address, ObjectContent content, String contentType, Map<String, String> metadata) {
        timed("put", () -> store.put(address, content, contentType, metadata));
    }

    @Override
    public Optional<ObjectSummary> stat(ObjectAddress address) {
        return timed("stat", () -> store.stat(address), summary -> summary.isPresent() ? "found" : "missing");
    }

    @Override
    public ObjectPage listPage(String bucket, String prefix, Optional<String> after) {
        return timed("list", () -> store.listPage(bucket, prefix, after), page -> DONE);
    }

    @Override
    public boolean hasBucket(String bucket) {
        return timed("has-bucket", () -> store.hasBucket(bucket), isThere -> isThere ? "found" : "missing");
    }

    @Override
    public void ensureBucket(String bucket) {
        timed("ensure-bucket", () -> store.ensureBucket(bucket));
    }

    @Override
    public void delete(ObjectAddress address) {
        timed("delete", () -> store.delete(address));
    }

    @Override
    public void close() {
        store.close();
    }

    private void timed(String operation, Runnable call) {
        timed(
                operation,
                () -> {
                    call.run();
                    return operation;
                },
                done -> DONE);
    }

    private <T> T timed(String operation, Supplier<T> call, Function<T, String> outcome) {
        long start = registry.config().clock().monotonicTime();
        String told = "failed";
        try {
            T answer = call.get();
            told = outcome.apply(answer);
            return answer;
        } catch (StoreUnavailableException e) {
            told = "unavailable";
            throw e;
        } finally {
            long nanos = registry.config().clock().monotonicTime() - start;
            timers.computeIfAbsent(new Kind(operation, told), this::timer).record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(Kind kind) {
        return Timer.builder(METER)
                .description("calls of the object store")
                .tag("operation", kind.operation())
                .tag("outcome", kind.outcome())
                .register(registry);
    }

    private record Kind(String operation, String outcome) {}
}
