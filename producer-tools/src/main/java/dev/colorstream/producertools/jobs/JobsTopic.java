package dev.colorstream.producertools.jobs;

import dev.colorstream.connection.TopicPartitions;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.job.JobRecord;
import dev.colorstream.contract.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The topic of jobs, read in its order from its beginning on. Not safe from several threads; the consumer stays the caller's. */
public final class JobsTopic {
    private static final Duration POLL = Duration.ofMillis(200);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    private JobsTopic(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        partitions = TopicPartitions.of(consumer, Topics.JOBS);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The topic as the consumer will read it. */
    public static JobsTopic fromBeginning(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
        return new JobsTopic(consumer);
    }

    /** What all that is there by now says of the job. */
    public JobBook read(JobId job) {
        JobBook book = new JobBook(job);
        readOn(book::take);
        return book;
    }

    /** Reads on to what is the end by now. */
    public void readOn(Consumer<JobRecord> reader) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(POLL, reader);
        }
    }

    /** Reads what comes in that time. */
    public void poll(Duration limit, Consumer<JobRecord> reader) {
        for (ConsumerRecord<byte @Nullable [], byte @Nullable []> message : consumer.poll(limit)) {
            JobRecord.read(message).ifPresent(reader);
        }
    }
}
