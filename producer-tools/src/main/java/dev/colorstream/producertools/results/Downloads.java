package dev.colorstream.producertools.results;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.producertools.photos.SafeName;
import dev.colorstream.storage.objectstore.FetchOutcome;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Brings the color photos of a job into a folder, a few at a time, each whole or not at all. */
public final class Downloads implements AutoCloseable {
    private static final int PARALLEL_FETCHES = 4;

    private static final long MAX_COLOR_BYTES = 512L << 20;

    private final ObjectStore store;
    private final Path folder;
    private final DownloadNames names;
    private final ExecutorService fetches = Executors.newFixedThreadPool(PARALLEL_FETCHES);
    private final Map<RequestId, CompletableFuture<Void>> newest = new HashMap<>();
    private final Map<RequestId, String> failed = new ConcurrentHashMap<>();

    /**
     * @param folder is made where it does not exist
     * @param photos of the job, the ones to come included
     */
    public Downloads(ObjectStore store, Path folder, List<JobPhoto> photos) {
        this.store = store;
        this.folder = folder;
        this.names = new DownloadNames(photos);
    }

    /** Brings the color photo in the background; a newer one of the same request comes after it and replaces it. */
    public void begin(JobPhoto photo, Colored colored) {
        Runnable fetch = () -> bring(photo, colored);
        newest.compute(
                photo.request(),
                (request, before) -> before == null
                        ? CompletableFuture.runAsync(fetch, fetches)
                        : before.thenRunAsync(fetch, fetches));
    }

    /** Waits for the ones that were begun; tells which photos did not come, and why. */
    public Map<RequestId, String> finish() {
        newest.values().forEach(CompletableFuture::join);
        return Map.copyOf(failed);
    }

    @Override
    public void close() {
        fetches.shutdownNow();
    }

    private void bring(JobPhoto photo, Colored colored) {
        try {
            write(photo, colored.object());
            failed.remove(photo.request());
        } catch (IOException | RuntimeException e) {
            failed.put(photo.request(), String.valueOf(e.getMessage()));
        }
    }

    private byte[] fetch(ColorObject object) throws IOException {
        FetchOutcome outcome = store.fetch(object.address(), MAX_COLOR_BYTES);
        if (outcome instanceof FetchOutcome.Found found) {
            return found.bytes();
        }
        throw new IOException(object.address()
                + (outcome instanceof FetchOutcome.TooLarge large
                        ? " has " + large.size() + " bytes, at most " + MAX_COLOR_BYTES + " are downloaded"
                        : " is gone: replay the photo's request"));
    }

    private void write(JobPhoto photo, ColorObject object) throws IOException {
        byte[] content = fetch(object);
        if (!Hashes.sha256Hex(content).equals(object.sha256())) {
            throw new IOException(object.address() + " is not what its result says: it was changed or damaged");
        }
        String name = names.of(photo.name(), object.address().key());
        Path target = SafeName.in(folder, name)
                .orElseThrow(() -> new IOException("its name leaves the folder " + folder + ": rename the photo"));
        Path parent = target.toAbsolutePath().getParent();
        Files.createDirectories(parent == null ? folder : parent);
        Path part = Files.createTempFile(parent, ".colorstream-", ".part");
        try {
            Files.write(part, content);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
