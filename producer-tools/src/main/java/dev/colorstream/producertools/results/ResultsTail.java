package dev.colorstream.producertools.results;

import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ResultJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The results topic, read in its order from a fixed place on. Not safe from several threads; the consumer stays the caller's. */
public final class ResultsTail {
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    private ResultsTail(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        consumer.assign(partitions);
        ends = consumer.endOffsets(partitions);
    }

    /** What is published from now on. */
    public static ResultsTail fromNow(Consumer<byte[], byte[]> consumer, String topic) {
        ResultsTail tail = new ResultsTail(consumer, TopicPartitions.of(consumer, topic));
        tail.ends.forEach(consumer::seek);
        return tail;
    }

    /** All that was ever published and is still kept. */
    public static ResultsTail fromBeginning(Consumer<byte[], byte[]> consumer, String topic) {
        ResultsTail tail = new ResultsTail(consumer, TopicPartitions.of(consumer, topic));
        consumer.seekToBeginning(tail.ends.keySet());
        return tail;
    }

    /** The next results, none if none come in that time. Records that are no results are passed over. */
    public List<ColorizeResult> poll(Duration limit) {
        List<ColorizeResult> results = new ArrayList<>();
        for (ConsumerRecord<byte[], byte @Nullable []> message : consumer.poll(limit)) {
            result(message.value()).ifPresent(results::add);
        }
        return results;
    }

    /** Whether all that was there when reading began has been read. */
    public boolean caughtUp() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static Optional<ColorizeResult> result(byte @Nullable [] value) {
        try {
            return value == null ? Optional.empty() : Optional.of(ResultJson.read(value));
        } catch (MalformedJsonException e) {
            // Not ours: others may write to the topic what this version does not know.
            return Optional.empty();
        }
    }
}
