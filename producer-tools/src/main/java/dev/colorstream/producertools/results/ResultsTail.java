package dev.colorstream.producertools.results;

import dev.colorstream.connection.TopicPartitions;
import dev.colorstream.contract.result.ResultRecord;
import dev.colorstream.contract.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The results topic, read in its order from a fixed place on. Not safe from several threads; the consumer stays the caller's. */
public final class ResultsTail {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    private ResultsTail(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        consumer.assign(partitions);
        ends = consumer.endOffsets(partitions);
    }

    /** What lies in each partition from that offset on; in partitions without one, all. */
    public static ResultsTail from(Consumer<byte[], byte[]> consumer, Map<Integer, Long> offsets) {
        List<TopicPartition> partitions = TopicPartitions.of(consumer, Topics.RESULTS);
        ResultsTail tail = new ResultsTail(consumer, partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        begins.forEach((partition, begin) -> {
            long from = offsets.getOrDefault(partition.partition(), 0L);
            // A topic that was made anew is shorter than the job remembers.
            boolean known = from >= begin && from <= tail.ends.getOrDefault(partition, 0L);
            consumer.seek(partition, known ? from : begin);
        });
        return tail;
    }

    /** The next results and withdrawals, none if none come in that time. Records that are neither are passed over. */
    public List<ResultRecord> poll(Duration limit) {
        List<ResultRecord> told = new ArrayList<>();
        for (ConsumerRecord<byte @Nullable [], byte @Nullable []> message : consumer.poll(limit)) {
            ResultRecord.read(message).ifPresent(told::add);
        }
        return told;
    }

    /** Reads on to what is the end by now, and no further while results keep coming. */
    public void readOn(java.util.function.Consumer<ResultRecord> reader) {
        Map<TopicPartition, Long> endsNow = consumer.endOffsets(ends.keySet());
        while (!hasReached(endsNow)) {
            poll(POLL).forEach(reader);
        }
    }

    /** Whether all that was there when reading began has been read. */
    public boolean caughtUp() {
        return hasReached(ends);
    }

    private boolean hasReached(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
