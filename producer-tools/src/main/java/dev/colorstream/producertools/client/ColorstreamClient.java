package dev.colorstream.producertools.client;

import dev.colorstream.connection.ConnectionFailedException;
import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.connection.StoreConnection;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.producertools.deadletters.DeadLetterBox;
import dev.colorstream.producertools.jobs.JobRegister;
import dev.colorstream.producertools.jobs.JobsTopic;
import dev.colorstream.producertools.progress.Progress;
import dev.colorstream.producertools.results.AwaitListener;
import dev.colorstream.producertools.results.AwaitReport;
import dev.colorstream.producertools.results.Delivery;
import dev.colorstream.producertools.results.JobWatch;
import dev.colorstream.producertools.upload.UploadOrder;
import dev.colorstream.producertools.upload.UploadOutcome;
import dev.colorstream.producertools.upload.UploadReport;
import dev.colorstream.producertools.upload.Uploads;
import dev.colorstream.producertools.watch.BucketWatch;
import dev.colorstream.producertools.watch.WatchOrder;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Uploads photos as jobs and awaits their colors. Safe from several threads: every call has connections of its own, which
 * end with it.
 *
 * <p>Every method throws {@link ConnectionFailedException} when Kafka cannot be used as configured, and {@link
 * dev.colorstream.storage.objectstore.StoreUnavailableException} when the store cannot.
 */
public final class ColorstreamClient {
    /** Photos on their way take an eighth of the heap, and never more than this: the store's client holds them once more. */
    private static final long MAX_MEMORY_BYTES = 256L << 20;

    private final KafkaConnection kafka;
    private final StoreConnection store;
    private final Clock clock;

    public ColorstreamClient(KafkaConnection kafka, StoreConnection store, Clock clock) {
        this.kafka = kafka;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Uploads photos and asks for their colors. When it fails half way, the same order again goes on where it stopped.
     *
     * @param standardInput read where the order says so; stays the caller's
     */
    public UploadOutcome upload(UploadOrder order, InputStream standardInput, Progress progress) {
        kafka.requireTopics(Set.of(Topics.REQUESTS, Topics.EXPRESS_REQUESTS, Topics.JOBS, Topics.RESULTS));
        return kafka.use(() -> {
            try (ObjectStore open = store.open()) {
                return new Uploads(kafka, open, memoryBytes(), clock).run(order, standardInput, progress);
            }
        });
    }

    /** What {@link #upload} would do; nothing is written. */
    public UploadReport preview(UploadOrder order, InputStream standardInput) {
        kafka.requireTopics(Set.of(Topics.JOBS));
        return kafka.use(() -> Uploads.preview(kafka, order, standardInput));
    }

    /** Waits for a job that began, begins or will begin, until its end or the deadline. */
    public AwaitReport await(JobId job, Instant deadline, AwaitListener listener) {
        kafka.requireTopics(Set.of(Topics.JOBS, Topics.RESULTS));
        return kafka.use(() -> {
            try (Consumer<byte[], byte[]> jobs = kafka.consumer();
                    Consumer<byte[], byte[]> results = kafka.consumer()) {
                return JobWatch.await(job, JobsTopic.fromBeginning(jobs), results, deadline, listener, clock);
            }
        });
    }

    /**
     * Waits for a job and brings its color photos as they come.
     *
     * @param out a folder, or an archive as its ending tells: .zip, .tar, .tar.gz, .tar.zst
     */
    public AwaitReport await(JobId job, Instant deadline, Path out, AwaitListener listener) {
        try (ObjectStore open = store.open();
                Delivery delivery = new Delivery(open, out, listener, clock)) {
            return delivery.finish(await(job, deadline, delivery));
        }
    }

    /** How far the job is now, by all results that are there. */
    public AwaitReport now(JobId job) {
        kafka.requireTopics(Set.of(Topics.JOBS, Topics.RESULTS));
        return kafka.use(() -> {
            try (Consumer<byte[], byte[]> jobs = kafka.consumer();
                    Consumer<byte[], byte[]> results = kafka.consumer()) {
                return JobWatch.now(job, JobsTopic.fromBeginning(jobs), results, clock);
            }
        });
    }

    /** All jobs. */
    public JobRegister jobs() {
        kafka.requireTopics(Set.of(Topics.JOBS));
        return new JobRegister(kafka, store);
    }

    /** The requests that failed. */
    public DeadLetterBox deadLetters() {
        kafka.requireTopics(Set.of(Topics.DEAD_LETTERS, Topics.REQUESTS, Topics.EXPRESS_REQUESTS, Topics.RESULTS));
        return new DeadLetterBox(kafka, clock);
    }

    /**
     * A watch over a bucket; the caller closes it.
     *
     * @throws ConnectionFailedException also when there is no such bucket
     */
    public BucketWatch watch(WatchOrder order) {
        kafka.requireTopics(Set.of(Topics.REQUESTS, Topics.RESULTS));
        ObjectStore open = store.open();
        try {
            if (!open.hasBucket(order.bucket())) {
                throw new ConnectionFailedException(
                        "there is no bucket '" + order.bucket() + "' in the store: make it, or name another", null);
            }
            return kafka.use(() -> new BucketWatch(order, kafka, open, clock));
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private static long memoryBytes() {
        return Math.min(MAX_MEMORY_BYTES, Runtime.getRuntime().maxMemory() / 8);
    }
}
