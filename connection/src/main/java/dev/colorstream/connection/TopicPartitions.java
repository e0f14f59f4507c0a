package dev.colorstream.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The partitions of a topic. */
public final class TopicPartitions {
    private TopicPartitions() {}

    /** All partitions that the topic has by now. */
    public static List<TopicPartition> of(Consumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    /** Where the next record of each partition will lie, by partition. */
    public static Map<Integer, Long> ends(Consumer<?, ?> consumer, String topic) {
        Map<Integer, Long> ends = new HashMap<>();
        consumer.endOffsets(of(consumer, topic)).forEach((partition, end) -> ends.put(partition.partition(), end));
        return ends;
    }
}
