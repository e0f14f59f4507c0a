package dev.colorstream.storage.objectstore;

import dev.colorstream.contract.ObjectAddress;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A store that is asked again when it is unavailable, left alone when it stays so, never by too many at once, and never
 * waited for without end. Answers pass through, "missing" among them.
 */
public final class ResilientObjectStore implements ObjectStore {
    private static final double SPREAD = 0.5;
    private static final int GROWTH = 2;
    private static final int TRIALS_AFTER_PAUSE = 3;

    private final ObjectStore store;
    private final ResiliencePolicy policy;
    private final Retry retry;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final ExecutorService calls;

    /** @param store closed with this one */
    public ResilientObjectStore(ObjectStore store, ResiliencePolicy policy) {
        this.store = store;
        this.policy = policy;
        retry = Retry.of(
                "object-store",
                RetryConfig.custom()
                        .maxAttempts(policy.attempts())
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(
                                policy.firstPause(), GROWTH, SPREAD, policy.longestPause()))
                        .retryOnException(ResilientObjectStore::tellsOutage)
                        .build());
        breaker = CircuitBreaker.of(
                "object-store",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(policy.breakerWindow())
                        .minimumNumberOfCalls(policy.breakerWindow())
                        .failureRateThreshold(policy.breakerFailures())
                        .waitDurationInOpenState(policy.breakerPause())
                        .permittedNumberOfCallsInHalfOpenState(TRIALS_AFTER_PAUSE)
                        .recordException(ResilientObjectStore::tellsOutage)
                        .ignoreExceptions(BulkheadFullException.class)
                        .build());
        bulkhead = Bulkhead.of(
                "object-store",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(policy.callsAtOnce())
                        .maxWaitDuration(policy.callLimit())
                        .build());
        calls = Executors.newCachedThreadPool(new CallThreads());
    }

    /** Whether the store failed so often that nothing is sent to it for now. */
    public boolean isLeftAlone() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    @Override
    public FetchOutcome fetch(ObjectAddress address, long maxBytes) {
        return patiently("fetch " + address, maxBytes, () -> store.fetch(address, maxBytes));
    }

    @Override
    public boolean download(ObjectAddress address, Path file) {
        // Its size says how long it may take.
        Optional<ObjectSummary> known = stat(address);
        return known.isPresent()
                && patiently("download " + address, known.orElseThrow().size(), () -> store.download(address, file));
    }

    @Override
    public void put(ObjectAddress address, ObjectContent content, String contentType, Map<String, String> metadata) {
        patiently("put " + address, content.length(), () -> {
            store.put(address, content, contentType, metadata);
            return address;
        });
    }

    @Override
    public Optional<ObjectSummary> stat(ObjectAddress address) {
        return patiently("stat " + address, 0, () -> store.stat(address));
    }

    @Override
    public ObjectPage listPage(String bucket, String prefix, Optional<String> after) {
        return patiently("list s3://" + bucket + "/" + prefix, 0, () -> store.listPage(bucket, prefix, after));
    }

    @Override
    public boolean hasBucket(String bucket) {
        return patiently("look for the bucket " + bucket, 0, () -> store.hasBucket(bucket));
    }

    @Override
    public void ensureBucket(String bucket) {
        patiently("make the bucket " + bucket, 0, () -> {
            store.ensureBucket(bucket);
            return bucket;
        });
    }

    @Override
    public void delete(ObjectAddress address) {
        patiently("delete " + address, 0, () -> {
            store.delete(address);
            return address;
        });
    }

    @Override
    public void close() {
        calls.shutdownNow();
        store.close();
    }

    private <T> T patiently(String what, long bytes, Callable<T> call) {
        Duration limit = policy.limit(bytes);
        TimeLimiter limiter = TimeLimiter.of(limit);
        AtomicReference<Exception> lastFailure = new AtomicReference<>();
        Callable<T> attempt = () -> {
            try {
                return limiter.executeFutureSupplier(() -> calls.submit(call));
            } catch (Exception e) {
                lastFailure.set(e);
                throw e;
            }
        };
        Callable<T> attempts = Retry.decorateCallable(
                retry, CircuitBreaker.decorateCallable(breaker, Bulkhead.decorateCallable(bulkhead, attempt)));
        try {
            return attempts.call();
        } catch (CallNotPermittedException e) {
            Exception asked = lastFailure.get();
            throw told(what, limit, asked == null ? e : asked);
        } catch (Exception e) {
            throw told(what, limit, e);
        }
    }

    private static RuntimeException told(String what, Duration limit, Exception failure) {
        if (failure instanceof CallNotPermittedException) {
            return StoreUnavailableException.ofStore(
                    "The store was not asked to " + what + ": it failed too often and is left alone for a while",
                    failure);
        } else if (failure instanceof BulkheadFullException) {
            return StoreUnavailableException.ofStore(
                    "The store was not asked to " + what + ": too many other calls wait for it", failure);
        } else if (failure instanceof TimeoutException) {
            return new StoreUnavailableException(
                    "The store could not " + what + " within " + limit.toMillis() + " ms", failure);
        } else if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return StoreUnavailableException.ofStore("Interrupted before the store could " + what, failure);
        } else if (failure instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return new StoreUnavailableException("The store could not " + what + ": " + failure, failure);
    }

    private static boolean tellsOutage(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CallNotPermittedException || cause instanceof InterruptedException) {
                return false;
            }
            if (cause instanceof StoreUnavailableException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static final class CallThreads implements ThreadFactory {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "object-store-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }
}
