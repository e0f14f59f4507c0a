package dev.colorstream.qa.e2e;

import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ResultJson;
import dev.colorstream.contract.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What lies on a topic, read from its beginning on, further at each call. */
final class TopicRecords implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    TopicRecords(String bootstrap, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    static TopicRecords results(String bootstrap) {
        return new TopicRecords(bootstrap, Topics.RESULTS);
    }

    /** All records up to now, in the order in which they were read. */
    List<ConsumerRecord<byte[], byte[]>> read() {
        consumer.poll(POLL).forEach(records::add);
        return List.copyOf(records);
    }

    /** All records up to now, as results. */
    List<ColorizeResult> readResults() {
        return read().stream().map(record -> ResultJson.read(record.value())).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
