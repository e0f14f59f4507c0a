package dev.colorstream.producertools.watch;

import dev.colorstream.connection.ConnectionFailedException;
import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.producertools.photos.PhotoKind;
import dev.colorstream.producertools.results.ResultsTail;
import dev.colorstream.storage.objectstore.ListedObject;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Finds the photos of a bucket that have no result, and asks for them: each sweep lists the bucket, so that nothing depends on
 * notifications that get lost or come twice. What a sweep asks for follows from the object alone, so that a repeat is
 * harmless. Not safe from several threads.
 */
public final class BucketWatch implements AutoCloseable {
    private static final int BATCH = 500;

    /** Photos of jobs, whose uploads ask for them. */
    private static final String JOBS_PREFIX = "jobs/";

    private final WatchOrder order;
    private final KafkaConnection kafka;
    private final ObjectStore store;
    private final Clock clock;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final ResultsTail results;
    private final Answers answers;
    private final Set<RequestId> asked = new HashSet<>();
    private final RequestWriter writer = new RequestWriter("colorstream/producer-tools");

    /** @param store closed with this */
    public BucketWatch(WatchOrder order, KafkaConnection kafka, ObjectStore store, Clock clock) {
        this.order = order;
        this.kafka = kafka;
        this.store = store;
        this.clock = clock;
        producer = kafka.producer();
        consumer = kafka.consumer();
        results = ResultsTail.from(consumer, Map.of());
        answers = new Answers(order);
    }

    /**
     * What a sweep found.
     *
     * @param photos in the bucket that are not too old
     * @param asked for of them, now
     * @param waiting that were asked for earlier, or are too young
     */
    public record Sweep(int photos, int asked, int waiting) {}

    /**
     * Looks once through the bucket. When it fails, the next sweep finds what this one did not ask for.
     *
     * @throws ConnectionFailedException when Kafka fails
     * @throws StoreUnavailableException when the store does
     */
    public Sweep sweep() {
        readResults();
        Instant now = clock.instant();
        List<ColorizeRequest> batch = new ArrayList<>();
        int photos = 0;
        int fresh = 0;
        int waiting = 0;
        try (Stream<ListedObject> listed = store.list(order.bucket(), order.prefix())) {
            for (Iterator<ListedObject> objects = listed.iterator(); objects.hasNext(); ) {
                ListedObject object = objects.next();
                if (!isPhoto(object) || object.lastModified().isBefore(now.minus(order.maxAge()))) {
                    continue;
                }
                photos++;
                if (answers.answered(object.address().key(), object.lastModified())) {
                    asked.remove(requestOf(object));
                } else if (object.lastModified().plus(order.grace()).isAfter(now)
                        || asked.contains(requestOf(object))) {
                    waiting++;
                } else {
                    fresh++;
                    batch.add(request(object, now));
                    sendIfFull(batch);
                }
            }
        }
        send(batch);
        return new Sweep(photos, fresh, waiting);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        store.close();
    }

    private void readResults() {
        kafka.use(() -> {
            results.readOn(told -> told.result().ifPresent(answers::take));
            return order;
        });
    }

    private void sendIfFull(List<ColorizeRequest> batch) {
        if (batch.size() == BATCH) {
            send(batch);
        }
    }

    private void send(List<ColorizeRequest> batch) {
        kafka.sendAll(
                producer,
                batch.stream()
                        .map(request -> writer.write(Topics.REQUESTS, request))
                        .toList());
        // Only now: what did not arrive shall be asked for in the next sweep.
        batch.forEach(request -> asked.add(request.id()));
        batch.clear();
    }

    private ColorizeRequest request(ListedObject object, Instant now) {
        return new ColorizeRequest(requestOf(object), Optional.empty(), object.address(), order.options(), now);
    }

    private static RequestId requestOf(ListedObject object) {
        return RequestId.hashOf(
                "watch", object.address().bucket(), object.address().key(), object.etag());
    }

    /** What has a photo's ending, or none at all. */
    private static boolean isPhoto(ListedObject object) {
        String key = object.address().key();
        boolean ofAJob = object.address().bucket().equals(Buckets.UPLOADS) && key.startsWith(JOBS_PREFIX);
        String name = key.substring(key.lastIndexOf('/') + 1);
        return !ofAJob
                && !name.isEmpty()
                && (name.indexOf('.') < 0 || PhotoKind.ofName(name).isPresent());
    }
}
