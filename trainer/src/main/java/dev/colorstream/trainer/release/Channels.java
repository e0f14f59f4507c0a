package dev.colorstream.trainer.release;

import dev.colorstream.connection.ConnectionFailedException;
import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.connection.TopicPartitions;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.model.AnnouncementJson;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each channel serves, as the announcements up to now say. */
public final class Channels {
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int MOST_EMPTY_POLLS = 15;

    private final Map<Channel, ModelAnnouncement> current = new EnumMap<>(Channel.class);

    private Channels() {}

    /**
     * Reads the topic of announcements to its end. Records that are none are passed over, as workers do.
     *
     * @throws ConnectionFailedException when Kafka does not answer or the topic is missing
     */
    public static Channels read(KafkaConnection kafka) {
        Channels channels = new Channels();
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            List<TopicPartition> partitions = TopicPartitions.of(consumer, Topics.MODELS);
            if (partitions.isEmpty()) {
                throw new ConnectionFailedException(
                        "Kafka at " + kafka.bootstrap() + " has no topic " + Topics.MODELS
                                + ": make the topics with 'colorstream topics create'",
                        null);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            channels.readToEnd(consumer, consumer.endOffsets(partitions));
        } catch (KafkaException e) {
            throw kafka.failed(e);
        }
        return channels;
    }

    private void readToEnd(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        int emptyPolls = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            var records = consumer.poll(POLL);
            emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
            if (emptyPolls > MOST_EMPTY_POLLS) {
                throw new KafkaException("the announcements could not be read to their end");
            }
            for (ConsumerRecord<byte[], byte @Nullable []> message : records) {
                take(message);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte @Nullable []> message) {
        try {
            byte @Nullable [] value = message.value();
            if (value == null) {
                // Compaction forgets the channel, so we do.
                current.remove(Channel.parse(new String(message.key(), StandardCharsets.UTF_8)));
            } else {
                ModelAnnouncement told = AnnouncementJson.read(value);
                current.put(told.channel(), told);
            }
        } catch (MalformedJsonException | IllegalArgumentException e) {
            // Not ours: others may write to the topic what this version does not know.
            LOG.warn("an announcement at offset {} is passed over: {}", message.offset(), e.getMessage());
        }
    }

    /** The channel's newest announcement; empty before its first. */
    public Optional<ModelAnnouncement> current(Channel channel) {
        return Optional.ofNullable(current.get(channel));
    }

    /** The versions that must stay: what channels serve, and what a rollback would go to. */
    public Set<ModelVersionId> named() {
        Set<ModelVersionId> named = new HashSet<>();
        current.values().forEach(told -> {
            named.add(told.version());
            told.earlier().stream().findFirst().ifPresent(named::add);
        });
        return named;
    }
}
