package dev.colorstream.producertools.upload;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.job.JobPageJson;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.producertools.photos.PhotoFile;
import dev.colorstream.producertools.photos.PhotoKind;
import dev.colorstream.producertools.photos.PhotoVisitor;
import dev.colorstream.producertools.photos.PhotoWalk;
import dev.colorstream.producertools.progress.Progress;
import dev.colorstream.producertools.upload.UploadReport.Refused;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One upload: stores each photo, then asks for its colors, and lists them as a job.
 *
 * <p>A few photos are on their way at a time, and of their bytes only so many are in memory. A repeat with the same job and
 * photos gives the same requests.
 */
public final class Upload implements PhotoVisitor {
    /** A photo with more bytes is refused. */
    static final int MAX_PHOTO_BYTES = 128 << 20;

    private static final int PARALLEL_PUTS = 8;
    private static final int BYTES_PER_PERMIT = 4096;

    private final ObjectStore store;
    private final Producer<byte[], byte[]> producer;
    private final JobId job;
    private final RequestOptions options;
    private final Progress progress;
    private final Clock clock;
    private final Instant startedAt;
    private final RequestWriter writer = new RequestWriter("colorstream/producer-tools");
    private final ExecutorService puts = Executors.newFixedThreadPool(PARALLEL_PUTS);
    private final int permits;
    private final Semaphore memory;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    private final List<JobPhoto> photos = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private int skipped;
    private int pages;

    private Upload(
            ObjectStore store,
            Producer<byte[], byte[]> producer,
            JobId job,
            RequestOptions options,
            Progress progress,
            long memoryBytes,
            Clock clock) {
        this.store = store;
        this.producer = producer;
        this.job = job;
        this.options = options;
        this.progress = progress;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.permits = Math.toIntExact(Math.max(1, memoryBytes / BYTES_PER_PERMIT));
        this.memory = new Semaphore(permits);
    }

    /**
     * Uploads what lies under the paths.
     *
     * @param memoryBytes how many bytes of photos may be in memory; a bigger photo goes alone
     * @throws RuntimeException the store's or the producer's, when either fails; a repeat then completes the job
     */
    public static UploadReport run(
            List<Path> paths,
            ObjectStore store,
            Producer<byte[], byte[]> producer,
            JobId job,
            RequestOptions options,
            Progress progress,
            long memoryBytes,
            Clock clock) {
        Upload upload = new Upload(store, producer, job, options, progress, memoryBytes, clock);
        try {
            upload.send(JobPageJson.write(Topics.JOBS, new JobPage(job, 0, false, List.of(), upload.startedAt)));
            new PhotoWalk(upload).walk(paths);
            upload.seal();
            return new UploadReport(job, upload.photos, upload.refused, upload.skipped);
        } finally {
            upload.puts.shutdownNow();
        }
    }

    @Override
    public void photo(PhotoFile file) {
        if (file.size() > MAX_PHOTO_BYTES) {
            refused(file.name(), "has " + file.size() + " bytes, at most " + MAX_PHOTO_BYTES + " are uploaded");
            return;
        }
        int held = hold(file.size());
        try (InputStream stream = file.content().open()) {
            byte[] content = stream.readNBytes(MAX_PHOTO_BYTES + 1);
            if (content.length > MAX_PHOTO_BYTES) {
                throw new IOException("holds more bytes than it says");
            }
            RequestId request = RequestId.hashOf("upload", job.value(), file.name(), Hashes.sha256Hex(content));
            list(new JobPhoto(request, file.name()));
            puts.execute(() -> putAndRequest(request, file.name(), content, held));
        } catch (IOException e) {
            memory.release(held);
            refused(file.name(), "cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void refused(String name, String reason) {
        refused.add(new Refused(name, reason));
    }

    @Override
    public void skipped(String name) {
        skipped++;
    }

    private int hold(long bytes) {
        int held = (int) Math.min(permits, 1 + Math.max(0, bytes) / BYTES_PER_PERMIT);
        memory.acquireUninterruptibly(held);
        throwFailure();
        return held;
    }

    private void putAndRequest(RequestId request, String name, byte[] content, int held) {
        try {
            ObjectAddress source = new ObjectAddress(Buckets.UPLOADS, "jobs/" + job.value() + "/" + name);
            store.put(source, content, contentType(name, content), Map.of());
            // The photo is there before anyone is asked to fetch it.
            send(writer.write(
                    Topics.REQUESTS, new ColorizeRequest(request, Optional.of(job), source, options, clock.instant())));
            progress.step();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        } finally {
            memory.release(held);
        }
    }

    private void list(JobPhoto photo) {
        photos.add(photo);
        if (photos.size() % JobPage.MAX_PHOTOS == 0) {
            // A page can be written once the one behind it is full: only then is it known not to be the last.
            writePages(photos.size() / JobPage.MAX_PHOTOS - 1);
        }
    }

    private void seal() {
        memory.acquireUninterruptibly(permits);
        producer.flush();
        throwFailure();
        int all = Math.max(1, (photos.size() + JobPage.MAX_PHOTOS - 1) / JobPage.MAX_PHOTOS);
        writePages(all - 1);
        send(page(all - 1, true));
        producer.flush();
        throwFailure();
    }

    private void writePages(int end) {
        for (; pages < end; pages++) {
            send(page(pages, false));
        }
    }

    private ProducerRecord<byte[], byte[]> page(int number, boolean last) {
        int from = number * JobPage.MAX_PHOTOS;
        int to = Math.min(photos.size(), from + JobPage.MAX_PHOTOS);
        return JobPageJson.write(Topics.JOBS, new JobPage(job, number, last, photos.subList(from, to), startedAt));
    }

    private void send(ProducerRecord<byte[], byte[]> message) {
        // The callback hears what the future would tell.
        var unused = producer.send(message, (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, new RequestNotSentException(message.topic(), e));
            }
        });
    }

    private void throwFailure() {
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    private static String contentType(String name, byte[] content) {
        return PhotoKind.ofHead(content)
                .or(() -> PhotoKind.ofName(name))
                .map(PhotoKind::contentType)
                .orElse("application/octet-stream");
    }
}
