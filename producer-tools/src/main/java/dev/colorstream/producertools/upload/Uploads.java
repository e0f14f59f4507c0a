package dev.colorstream.producertools.upload;

import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.connection.TopicPartitions;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.producertools.jobs.JobsTopic;
import dev.colorstream.producertools.progress.Progress;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Carries out uploads. */
public final class Uploads {
    /** Requests of a bulk upload go together: at a thousand photos a second some twenty to a partition in each call. */
    private static final Duration LINGER = Duration.ofMillis(100);

    private final KafkaConnection kafka;
    private final ObjectStore store;
    private final long memoryBytes;
    private final Clock clock;

    /** @param memoryBytes how many bytes of photos may be on their way; a bigger photo goes alone */
    public Uploads(KafkaConnection kafka, ObjectStore store, long memoryBytes, Clock clock) {
        this.kafka = kafka;
        this.store = store;
        this.memoryBytes = memoryBytes;
        this.clock = clock;
    }

    /** Uploads what the order names; see {@link Upload}. */
    public UploadOutcome run(UploadOrder order, InputStream standardInput, Progress progress) {
        try (Producer<byte[], byte[]> producer = producer(order);
                Consumer<byte[], byte[]> consumer = kafka.consumer();
                Shipment shipment = new Shipment(store, producer, order, progress, memoryBytes, clock)) {
            Map<Integer, Long> resultsFrom = TopicPartitions.ends(consumer, Topics.RESULTS);
            JobsTopic jobs = JobsTopic.fromBeginning(consumer);
            return Upload.run(order, jobs, shipment, progress, standardInput, clock.instant(), resultsFrom);
        }
    }

    private Producer<byte[], byte[]> producer(UploadOrder order) {
        return order.express() ? kafka.producer() : kafka.producer(LINGER);
    }

    /** What the upload would do; nothing is written. */
    public static UploadReport preview(KafkaConnection kafka, UploadOrder order, InputStream standardInput) {
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            return UploadPreview.of(order, JobsTopic.fromBeginning(consumer).read(order.job()), standardInput);
        }
    }
}
