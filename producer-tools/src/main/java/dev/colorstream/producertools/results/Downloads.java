package dev.colorstream.producertools.results;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.storage.objectstore.FetchOutcome;
import dev.colorstream.storage.objectstore.ObjectContent;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Brings the color photos of a job to their destination, a few at a time; large ones lie in files on their way. */
final class Downloads implements AutoCloseable {
    private static final int PARALLEL_FETCHES = 4;
    private static final int MAX_QUEUED = 64;
    private static final long MAX_BYTES_IN_MEMORY = 8L << 20;

    private final ObjectStore store;
    private final Destination destination;
    private final DownloadNames names = new DownloadNames();
    private final ExecutorService fetches = Executors.newFixedThreadPool(PARALLEL_FETCHES);
    private final Semaphore queued = new Semaphore(MAX_QUEUED);
    private final Map<RequestId, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private final Map<RequestId, String> failed = new ConcurrentHashMap<>();
    private final Set<RequestId> brought = ConcurrentHashMap.newKeySet();
    private final Map<JobPhoto, ColorObject> unnamed = new LinkedHashMap<>();
    private boolean allNamed;

    Downloads(ObjectStore store, Destination destination) {
        this.store = store;
        this.destination = destination;
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

    /** How many photos came. */
    int brought() {
        return brought.size();
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
        try {
            bring(object, name);
            failed.remove(request);
            brought.add(request);
        } catch (FileSystemException e) {
            failed.put(request, "it cannot be written (" + e + "): mend that, then repeat 'colorstream await'");
        } catch (IOException | StoreUnavailableException e) {
            failed.put(request, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            // Nobody else would hear of it, and the photo would count as brought.
            failed.put(request, e.toString());
        }
    }

    private void bring(ColorObject object, String name) throws IOException {
        FetchOutcome outcome = store.fetch(object.address(), MAX_BYTES_IN_MEMORY);
        if (outcome instanceof FetchOutcome.Found found) {
            put(object, name, ObjectContent.of(found.bytes()));
        } else if (outcome instanceof FetchOutcome.TooLarge) {
            bringInFile(object, name);
        } else {
            throw gone(object);
        }
    }

    private void bringInFile(ColorObject object, String name) throws IOException {
        Path file = Destination.newPart(destination.folder());
        // A download of minutes is likely to be interrupted.
        file.toFile().deleteOnExit();
        try {
            if (!store.download(object.address(), file)) {
                throw gone(object);
            }
            put(object, name, ObjectContent.of(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void put(ColorObject object, String name, ObjectContent content) throws IOException {
        if (!sha256(content).equals(object.sha256())) {
            throw new IOException(object.address() + " is not what its result says: it was changed or damaged");
        }
        destination.put(name, content);
    }

    private static String sha256(ObjectContent content) throws IOException {
        try (DigestInputStream bytes = new DigestInputStream(content.open(), Hashes.sha256())) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
        }
    }

    private static IOException gone(ColorObject object) {
        return new IOException(object.address() + " is gone: replay the photo's request");
    }
}
