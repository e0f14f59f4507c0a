package dev.colorstream.worker.announcements;

import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.model.AnnouncementJson;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.topic.Topics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what the channels serve: reads the topic to its end, tells the newest announcement of each channel, and then each
 * that comes. Without Kafka the last ones hold.
 */
public final class ChannelFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final List<TopicPartition> ALL = List.of(new TopicPartition(Topics.MODELS, 0));

    private final Map<String, Object> client;
    private final java.util.function.Consumer<ModelAnnouncement> told;
    private final Thread thread = new Thread(this::follow, "channels");
    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile boolean caughtUp;

    /**
     * Nothing is read before {@link #start()}.
     *
     * @param client properties of any Kafka client: where the brokers are, and how to get in
     * @param told called on one thread
     */
    public ChannelFollower(Map<String, Object> client, java.util.function.Consumer<ModelAnnouncement> told) {
        this.client = Map.copyOf(client);
        this.told = told;
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    /** Whether all that was announced before the start is told. */
    public boolean hasCaughtUp() {
        return caughtUp;
    }

    /** Whether it still reads. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    private void follow() {
        try {
            while (ending.getCount() > 0) {
                try (Consumer<byte[], byte[]> consumer = open()) {
                    consumer.assign(ALL);
                    consumer.seekToBeginning(ALL);
                    readToEnd(consumer);
                    caughtUp = true;
                    while (ending.getCount() > 0) {
                        tell(poll(consumer));
                    }
                } catch (InterruptException e) {
                    return;
                } catch (KafkaException e) {
                    LOG.warn("The announcements of models cannot be read, the last ones hold: {}", e.toString());
                    ending.await(RECONNECT_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Consumer<byte[], byte[]> open() {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What a fenced trainer wrote does not count.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** What a channel served once and does not any more must not be told on the way. */
    private void readToEnd(Consumer<byte[], byte[]> consumer) {
        Map<Channel, ModelAnnouncement> newest = new EnumMap<>(Channel.class);
        Map<TopicPartition, Long> ends = consumer.endOffsets(ALL);
        while (ending.getCount() > 0
                && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            newest.putAll(poll(consumer));
        }
        tell(newest);
    }

    private void tell(Map<Channel, ModelAnnouncement> newest) {
        if (ending.getCount() > 0) {
            newest.values().forEach(told);
        }
    }

    private static Map<Channel, ModelAnnouncement> poll(Consumer<byte[], byte[]> consumer) {
        Map<Channel, ModelAnnouncement> newest = new EnumMap<>(Channel.class);
        for (ConsumerRecord<byte[], byte @Nullable []> message : consumer.poll(POLL)) {
            byte @Nullable [] value = message.value();
            if (value == null) {
                continue;
            }
            try {
                ModelAnnouncement announcement = AnnouncementJson.read(value);
                newest.put(announcement.channel(), announcement);
            } catch (MalformedJsonException e) {
                // Others may write what this version does not know.
                LOG.warn("Record {} of {} is no announcement: {}", message.offset(), Topics.MODELS, e.getMessage());
            }
        }
        return newest;
    }

    @Override
    public void close() {
        ending.countDown();
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, FAREWELL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
