package dev.colorstream.qa.benchmarks;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bare S3 client that the upload is measured beside: puts the files of a tar archive, which comes on standard input, and
 * does nothing else. Runs in a process with the command line's flags, on as many threads.
 */
public final class BareUpload {
    private static final int THREADS = 8;
    private static final int MOST_WAITING = 64;

    private BareUpload() {}

    /** Argument: what the keys begin with. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ExecutorService puts = Executors.newFixedThreadPool(THREADS);
        Semaphore room = new Semaphore(MOST_WAITING);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (ObjectStore store = new MinioObjectStore(new ObjectStoreConnection(
                        variable("COLORSTREAM_S3_ENDPOINT"),
                        variable("COLORSTREAM_S3_ACCESS_KEY"),
                        variable("COLORSTREAM_S3_SECRET_KEY"),
                        "us-east-1"));
                TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(System.in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                ObjectAddress address = new ObjectAddress(Buckets.UPLOADS, arguments[0] + entry.getName());
                byte[] photo = tar.readAllBytes();
                room.acquire();
                puts.execute(() -> {
                    try {
                        store.put(address, photo, "image/jpeg", Map.of());
                    } catch (RuntimeException e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        room.release();
                    }
                });
            }
            puts.shutdown();
            puts.awaitTermination(1, TimeUnit.HOURS);
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the object store failed", failure.get());
        }
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
