package dev.colorstream.producertools.deadletters;

import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.connection.TopicPartitions;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.DeadLetter;
import dev.colorstream.contract.result.ResultJson;
import dev.colorstream.contract.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final KafkaConnection kafka;
    private final Clock clock;
    private final RequestWriter writer = new RequestWriter("colorstream/producer-tools");

    public DeadLetterBox(KafkaConnection kafka, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

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
     * Puts the requests on their topics again, under their ids; their newest results will hold. A request whose newest
     * result is colored is left alone.
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
            readAll(
                    Topics.DEAD_LETTERS,
                    message -> Letter.read(message)
                            .filter(letter ->
                                    letter.equals(letters.get(letter.told().requestId())))
                            .ifPresent(letter ->
                                    kafka.sendAll(producer, List.of(again(letter.told(), message, changes)))));
        }
    }

    private ProducerRecord<byte[], byte[]> again(
            DeadLetter told, ConsumerRecord<byte @Nullable [], byte @Nullable []> letter, RequestOptions changes) {
        String topic = told.topic().equals(Topics.EXPRESS_REQUESTS) ? Topics.EXPRESS_REQUESTS : Topics.REQUESTS;
        if (changes.equals(RequestOptions.NONE)) {
            return DeadLetter.original(topic, letter);
        }
        return Letter.request(letter, told)
                .map(request -> writer.write(
                        topic,
                        new ColorizeRequest(
                                // A request that was text has its id from where it lay: it must not get another.
                                told.requestId(),
                                request.job(),
                                request.source(),
                                request.options().changedBy(changes),
                                clock.instant())))
                .orElseGet(() -> DeadLetter.original(topic, letter));
    }

    private Set<RequestId> coloredAmong(Set<RequestId> requests) {
        Set<RequestId> colored = new HashSet<>();
        readAll(Topics.RESULTS, message -> {
            byte[] value = message.value();
            if (value == null) {
                return;
            }
            try {
                ColorizeResult result = ResultJson.read(value);
                if (!requests.contains(result.requestId())) {
                    return;
                }
                if (result instanceof ColorizeResult.Colored) {
                    colored.add(result.requestId());
                } else {
                    colored.remove(result.requestId());
                }
            } catch (MalformedJsonException e) {
                // Not ours: others may write to the topic what this version does not know.
                return;
            }
        });
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
