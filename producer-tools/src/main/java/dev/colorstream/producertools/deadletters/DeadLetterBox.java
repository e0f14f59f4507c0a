package dev.colorstream.producertools.deadletters;

import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.connection.TopicPartitions;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.DeadLetter;
import dev.colorstream.contract.result.ResultRecord;
import dev.colorstream.contract.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The dead letters of an installation. */
public final class DeadLetterBox {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int BATCH = 500;

    private final KafkaConnection kafka;
    private final Clock clock;
    private final RequestWriter writer = new RequestWriter("colorstream/producer-tools");

    public DeadLetterBox(KafkaConnection kafka, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    /** What a request that is sent again takes: the end of its old result, where it keeps its id, and itself. */
    private record Resent(
            Optional<ProducerRecord<byte[], byte[]>> withdrawal, ProducerRecord<byte[], byte[]> request) {}

    /** What came of a replay: how many requests were sent again, how many have their colors by now and were not. */
    public record Replay(int replayed, int coloredSince) {}

    /** The newest letter of each request that the filter admits. */
    public Collection<Letter> list(LetterFilter filter) {
        Map<RequestId, Letter> newest = new LinkedHashMap<>();
        readAll(
                Topics.DEAD_LETTERS,
                message -> Letter.read(message)
                        .filter(filter::admits)
                        .ifPresent(letter -> newest.put(letter.told().requestId(), letter)));
        return newest.values();
    }

    /**
     * Puts the requests on their topics again, under their ids, and withdraws their results: who awaits them waits for the new
     * ones. A request whose newest result is colored is left alone. A replay that is cut off can be repeated.
     *
     * @param changes replace the options that they name; a record that cannot be read goes again as it is
     */
    public Replay replay(LetterFilter filter, RequestOptions changes) {
        Map<RequestId, Letter> letters = new LinkedHashMap<>();
        list(filter).forEach(letter -> letters.put(letter.told().requestId(), letter));
        int all = letters.size();
        coloredAmong(letters.keySet()).forEach(letters::remove);
        if (!letters.isEmpty()) {
            send(letters, changes);
        }
        return new Replay(letters.size(), all - letters.size());
    }

    private void send(Map<RequestId, Letter> letters, RequestOptions changes) {
        try (Producer<byte[], byte[]> producer = kafka.producer()) {
            List<Resent> batch = new ArrayList<>();
            readAll(
                    Topics.DEAD_LETTERS,
                    message -> Letter.read(message)
                            .filter(letter ->
                                    letter.equals(letters.get(letter.told().requestId())))
                            .ifPresent(letter -> {
                                batch.add(resent(letter.told(), message, changes));
                                if (batch.size() == BATCH) {
                                    send(producer, batch);
                                }
                            }));
            send(producer, batch);
        }
    }

    /** The old results are withdrawn before anybody can answer anew: else the withdrawal might take the answer along. */
    private void send(Producer<byte[], byte[]> producer, List<Resent> batch) {
        kafka.sendAll(
                producer,
                batch.stream().flatMap(one -> one.withdrawal().stream()).toList());
        kafka.sendAll(producer, batch.stream().map(Resent::request).toList());
        batch.clear();
    }

    private Resent resent(
            DeadLetter told, ConsumerRecord<byte @Nullable [], byte @Nullable []> letter, RequestOptions changes) {
        String topic = told.topic().equals(Topics.EXPRESS_REQUESTS) ? Topics.EXPRESS_REQUESTS : Topics.REQUESTS;
        Optional<ColorizeRequest> readable = Letter.request(letter, told);
        if (readable.isEmpty()) {
            // Its id is where it lay: the new one gets another, so that its result stays the last of the old.
            return new Resent(Optional.empty(), DeadLetter.original(topic, letter));
        }
        ColorizeRequest request = readable.orElseThrow();
        boolean asItWas = changes.equals(RequestOptions.NONE) && request.id().equals(told.requestId());
        return new Resent(
                Optional.of(ResultRecord.withdrawal(Topics.RESULTS, told.requestId())),
                asItWas ? DeadLetter.original(topic, letter) : again(topic, request, told.requestId(), changes));
    }

    /** A request that was text has its id from where it lay: it must not get another. */
    private ProducerRecord<byte[], byte[]> again(
            String topic, ColorizeRequest request, RequestId id, RequestOptions changes) {
        return writer.write(
                topic,
                new ColorizeRequest(
                        id, request.job(), request.source(), request.options().changedBy(changes), clock.instant()));
    }

    private Set<RequestId> coloredAmong(Set<RequestId> requests) {
        Set<RequestId> colored = new HashSet<>();
        readAll(
                Topics.RESULTS,
                message -> ResultRecord.read(message)
                        .filter(told -> requests.contains(told.request()))
                        .ifPresent(told -> {
                            if (told.result().orElse(null) instanceof ColorizeResult.Colored) {
                                colored.add(told.request());
                            } else {
                                colored.remove(told.request());
                            }
                        }));
        return colored;
    }

    private void readAll(
            String topic, java.util.function.Consumer<ConsumerRecord<byte @Nullable [], byte @Nullable []>> reader) {
        kafka.use(() -> {
            try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
                List<TopicPartition> partitions = new ArrayList<>(TopicPartitions.of(consumer, topic));
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                    for (ConsumerRecord<byte @Nullable [], byte @Nullable []> message : consumer.poll(POLL)) {
                        reader.accept(message);
                    }
                }
            }
            return topic;
        });
    }
}
