package dev.colorstream.qa.faults.guarantees;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.result.DeadLetter;
import dev.colorstream.contract.result.ResultJson;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.qa.faults.guarantees.Event.DeadLetterSeen;
import dev.colorstream.qa.faults.guarantees.Event.GroupSeen;
import dev.colorstream.qa.faults.guarantees.Event.ObjectSeen;
import dev.colorstream.qa.faults.guarantees.Event.RequestSent;
import dev.colorstream.qa.faults.guarantees.Event.ResultSeen;
import dev.colorstream.qa.faults.guarantees.Event.SuspectSeen;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.storage.objectstore.ListedObject;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends requests and sees what becomes of them, as a client without faults would: on the topics, in the store, in the group's
 * state. What lay there before it came is none of its business. Used by one thread.
 */
public final class Witness implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long MOST_BYTES = 1L << 30;

    private final Guarantees guarantees = new Guarantees();
    private final ObjectStore store;
    private final String colorPrefix;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<RequestId> asked = new ArrayList<>();
    private final RequestWriter writer = new RequestWriter("/guarantees");

    /**
     * A witness from now on.
     *
     * @param kafka properties of any client
     * @param store stays the caller's
     * @param colorPrefix the keys of all color photos of its requests, and of no others, start with it
     */
    public Witness(Map<String, Object> kafka, ObjectStore store, String colorPrefix) {
        this.store = store;
        this.colorPrefix = colorPrefix;
        admin = Admin.create(kafka);
        producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(Topics.SUSPECTS, Topics.RESULTS, Topics.DEAD_LETTERS)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** What it has seen so far is in these. */
    public Guarantees guarantees() {
        return guarantees;
    }

    /** Sends requests and waits until Kafka has them. */
    public void send(List<ColorizeRequest> requests, ExpectedEnd end) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        requests.forEach(request -> sent.add(producer.send(writer.write(Topics.REQUESTS, request))));
        producer.flush();
        for (int i = 0; i < requests.size(); i++) {
            RecordMetadata place = get(sent.get(i));
            asked.add(requests.get(i).id());
            guarantees.take(new RequestSent(
                    requests.get(i).id(), new TopicPartition(place.topic(), place.partition()), place.offset(), end));
        }
    }

    /** Looks at the group, then takes the results and dead letters that are there. */
    public void look() {
        Map<TopicPartition, SharePartitionOffsetInfo> offsets =
                get(admin.listShareGroupOffsets(Map.of(Topics.WORKER_GROUP, new ListShareGroupOffsetsSpec()))
                        .partitionsToOffsetInfo(Topics.WORKER_GROUP));
        offsets.forEach((partition, info) -> {
            if (info != null) {
                Optional<Long> lag = info.lag();
                guarantees.take(new GroupSeen(
                        partition, info.startOffset(), lag.map(OptionalLong::of).orElseGet(OptionalLong::empty)));
            }
        });
        takeRecords();
        guarantees.judge();
    }

    private void takeRecords() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> seen : consumer.poll(POLL)) {
                switch (seen.topic()) {
                    case Topics.SUSPECTS -> guarantees.take(suspect(seen));
                    case Topics.RESULTS -> guarantees.take(new ResultSeen(ResultJson.read(seen.value())));
                    default -> DeadLetter.read(seen).ifPresent(letter -> guarantees.take(new DeadLetterSeen(letter)));
                }
            }
        }
    }

    /** Its requests have their ids as keys, and so have their copies. */
    private static SuspectSeen suspect(ConsumerRecord<byte[], byte[]> seen) {
        return new SuspectSeen(
                new RequestId(new String(seen.key(), StandardCharsets.UTF_8)),
                new TopicPartition(seen.topic(), seen.partition()),
                seen.offset());
    }

    /** Looks at all color photos of its requests, one request after the other; when nothing more happens. */
    public void lookAtObjects() {
        // A list of all is more than the embedded store can give in time where there are a hundred thousand.
        asked.forEach(request -> store.list(Buckets.COLORIZED, colorPrefix + request + "/")
                .map(ListedObject::address)
                .forEach(this::lookAt));
    }

    private void lookAt(ObjectAddress address) {
        if (store.fetch(address, MOST_BYTES) instanceof Found found) {
            guarantees.take(new ObjectSeen(address, Hashes.sha256Hex(found.bytes()), found.metadata()));
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
        admin.close();
    }
}
