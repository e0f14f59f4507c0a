package dev.colorstream.trainer.connection;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where Kafka is.
 *
 * @param bootstrap {@code host:port}, several parted by commas
 * @param properties further ones of the clients, for TLS and SASL
 */
public record KafkaConnection(String bootstrap, Map<String, String> properties) {
    /** How long Kafka may take for an answer. */
    public static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);

    public KafkaConnection {
        properties = Map.copyOf(properties);
    }

    /** A producer whose transactions fence those of an older producer of that id; the caller closes it. */
    public Producer<byte[], byte[]> producer(String transactionalId) {
        return client(() -> new KafkaProducer<>(
                settings(Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        transactionalId,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        (int) ANSWER_LIMIT.toMillis(),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) ANSWER_LIMIT.toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) ANSWER_LIMIT.dividedBy(2).toMillis(),
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        ANSWER_LIMIT.toMillis())),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
    }

    /** A consumer of no group, that reads what was committed; the caller closes it. */
    public Consumer<byte[], byte[]> consumer() {
        return client(() -> new KafkaConsumer<>(
                settings(Map.of(
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) ANSWER_LIMIT.toMillis())),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()));
    }

    /** The complaint about this connection that names its address and the mend. */
    public ConnectionFailedException failed(Throwable cause) {
        return new ConnectionFailedException(
                "cannot use Kafka at " + bootstrap + " (" + cause.getMessage()
                        + "): start it, or name another with --bootstrap or COLORSTREAM_KAFKA",
                cause);
    }

    private <T> T client(Supplier<T> create) {
        try {
            return create.get();
        } catch (KafkaException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private Map<String, Object> settings(Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.putAll(own);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return settings;
    }
}
