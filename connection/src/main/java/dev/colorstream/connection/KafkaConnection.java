package dev.colorstream.connection;

import dev.colorstream.contract.topic.BrokerUnavailableException;
import dev.colorstream.contract.topic.Topic;
import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where Kafka is.
 *
 * @param bootstrap {@code host:port}, several parted by commas
 * @param properties a file of further client properties, for TLS and SASL
 */
public record KafkaConnection(String bootstrap, Optional<Path> properties) {
    /** How long Kafka may take for an answer. */
    public static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);

    /**
     * What every client needs to get in, for clients of other kinds than these.
     *
     * @throws ConnectionFailedException when the file of properties cannot be read
     */
    public Map<String, Object> clientProperties() {
        Map<String, Object> settings = new HashMap<>();
        properties.ifPresent(file -> settings.putAll(read(file)));
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return settings;
    }

    /** A client for administration; the caller closes it. */
    public Admin admin() {
        return client(() -> Admin.create(settings(Map.of())));
    }

    /** A producer whose records are written once and on all replicas, at once; the caller closes it. */
    public Producer<byte[], byte[]> producer() {
        return producer(Duration.ofMillis(5));
    }

    /**
     * A producer whose records are written once and on all replicas; the caller closes it.
     *
     * @param linger how long a record may wait for others, so that many go in one call
     */
    public Producer<byte[], byte[]> producer(Duration linger) {
        return client(() -> new KafkaProducer<>(
                settings(Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        (int) linger.toMillis(),
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        ANSWER_LIMIT.toMillis())),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
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
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()));
    }

    /**
     * Makes sure of the topics before anything is sent: a broker that makes topics on demand would make wrong ones.
     *
     * @throws ConnectionFailedException when Kafka does not answer or one of the topics does not exist
     */
    public void requireTopics(Set<String> names) {
        List<Topic> needed = Topics.all(Topics.DEFAULT_PARTITIONS).stream()
                .filter(topic -> names.contains(topic.name()))
                .toList();
        try (Admin admin = admin()) {
            List<String> missing = new TopicProvisioner(admin).missingTopics(needed);
            if (!missing.isEmpty()) {
                throw new ConnectionFailedException(
                        "Kafka at " + bootstrap + ": " + String.join(", ", missing)
                                + ": make the topics with 'colorstream topics create'",
                        null);
            }
        } catch (BrokerUnavailableException e) {
            throw failed(e);
        }
    }

    /**
     * Sends the records and waits until all have arrived.
     *
     * @throws ConnectionFailedException when one of them does not
     */
    public void sendAll(Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> messages) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        messages.forEach(message -> sent.add(producer.send(message)));
        for (Future<RecordMetadata> one : sent) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw failed(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failed(e);
            }
        }
    }

    /** What the work gives; Kafka's own complaints become complaints about this connection. */
    public <T> T use(Supplier<T> work) {
        try {
            return work.get();
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    /** The complaint about this connection that names its address and the mend. */
    public ConnectionFailedException failed(Throwable cause) {
        return new ConnectionFailedException(
                "cannot use Kafka at " + bootstrap + " (" + cause.getMessage() + "): start it, or name another with "
                        + ConnectionNames.KAFKA_FLAG + " or " + ConnectionNames.KAFKA_VARIABLE,
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
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_LIMIT.toMillis());
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_LIMIT.toMillis());
        settings.putAll(clientProperties());
        settings.putAll(own);
        return settings;
    }

    private static Map<String, String> read(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException e) {
            throw new ConnectionFailedException(
                    "cannot read the Kafka properties " + file + " ("
                            + e.getClass().getSimpleName()
                            + "): mend " + ConnectionNames.KAFKA_PROPERTIES_FLAG + " or "
                            + ConnectionNames.KAFKA_PROPERTIES_VARIABLE,
                    e);
        }
        Map<String, String> texts = new HashMap<>();
        read.stringPropertyNames().forEach(name -> texts.put(name, read.getProperty(name)));
        return texts;
    }
}
