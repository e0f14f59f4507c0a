package dev.colorstream.producertools.results;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.storage.objectstore.FetchOutcome;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Brings the color photos of a job to their destination, a few at a time, with a bound on the bytes that are on their way. */
final class Downloads implements AutoCloseable {
    private static final int PARALLEL_FETCHES = 4;
    private static final int MAX_QUEUED = 64;
    private static final long MAX_COLOR_BYTES = 512L << 20;
    private static final int BYTES_PER_PIXEL = 6;
    private static final int BYTES_PER_PERMIT = 4096;

    private final ObjectStore store;
    private final Destination destination;
    private final DownloadNames names = new DownloadNames();
    private final ExecutorService fetches = Executors.newFixedThreadPool(PARALLEL_FETCHES);
    private final Semaphore queued = new Semaphore(MAX_QUEUED);
    private final int permits;
    private final Semaphore memory;
    private final Map<RequestId, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private final Map<RequestId, String> failed = new ConcurrentHashMap<>();
    private final Map<JobPhoto, ColorObject> unnamed = new LinkedHashMap<>();
    private boolean allNamed;

    /** @param memoryBytes how many bytes of color photos may be on their way; a bigger one goes alone */
    Downloads(ObjectStore store, Destination destination, long memoryBytes) {
        this.store = store;
        this.destination = destination;
        permits = Math.toIntExact(Math.max(1, memoryBytes / BYTES_PER_PERMIT));
        memory = new Semaphore(permits);
    }

    /**
     * Brings the color photo in the background; a newer one of the same request comes after it and replaces it. One whose
     * name depends on other photos waits until all of them are known.
     */
    void begin(JobPhoto photo, ColorObject object) {
        if (allNamed || DownloadNames.keepsName(photo.name(), object.address().key())) {
            queue(photo, object, names.of(photo.name(), object.address().key()));
        } else {
            unnamed.put(photo, object);
        }
    }

    /** Hears of all photos of the job, or of all that will be known. */
    void nameAll(JobLedger ledger) {
        if (!allNamed) {
            allNamed = true;
            ledger.forEach((photo, verdict) -> names.add(photo.name()));
            unnamed.forEach(this::begin);
            unnamed.clear();
        }
    }

    /** Waits for the ones that were begun; tells which photos did not come, and why. */
    Map<RequestId, String> finish() {
        queued.acquireUninterruptibly(MAX_QUEUED);
        queued.release(MAX_QUEUED);
        return Map.copyOf(failed);
    }

    @Override
    public void close() {
        fetches.shutdownNow();
    }

    private void queue(JobPhoto photo, ColorObject object, String name) {
        queued.acquireUninterruptibly();
        Runnable fetch = () -> {
            try {
                bring(photo.request(), object, name);
            } finally {
                queued.release();
            }
        };
        CompletableFuture<Void> begun = underWay.compute(
                photo.request(),
                (request, before) -> before == null
                        ? CompletableFuture.runAsync(fetch, fetches)
                        : before.thenRunAsync(fetch, fetches));
        var unused = begun.whenComplete((nothing, e) -> underWay.remove(photo.request(), begun));
    }

    private void bring(RequestId request, ColorObject object, String name) {
        long most = (long) object.width() * object.height() * BYTES_PER_PIXEL;
        int held = (int) Math.min(permits, 1 + most / BYTES_PER_PERMIT);
        memory.acquireUninterruptibly(held);
        try {
            destination.put(name, fetch(object));
            failed.remove(request);
        } catch (IOException | RuntimeException e) {
            failed.put(request, String.valueOf(e.getMessage()));
        } finally {
            memory.release(held);
        }
    }

    private byte[] fetch(ColorObject object) throws IOException {
        FetchOutcome outcome = store.fetch(object.address(), MAX_COLOR_BYTES);
        if (!(outcome instanceof FetchOutcome.Found found)) {
            throw new IOException(object.address()
                    + (outcome instanceof FetchOutcome.TooLarge large
                            ? " has " + large.size() + " bytes, at most " + MAX_COLOR_BYTES + " are downloaded"
                            : " is gone: replay the photo's request"));
        }
        if (!Hashes.sha256Hex(found.bytes()).equals(object.sha256())) {
            throw new IOException(object.address() + " is not what its result says: it was changed or damaged");
        }
        return found.bytes();
    }
}
