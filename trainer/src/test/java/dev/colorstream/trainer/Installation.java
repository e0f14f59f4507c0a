package dev.colorstream.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.model.AnnouncementJson;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.ModelVersionWriter;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A real Kafka with our topics and a real S3, and the trainer's commands in their environment. */
public final class Installation implements AutoCloseable {
    private static final TopicPartition ANNOUNCEMENTS = new TopicPartition(Topics.MODELS, 0);

    private final EmbeddedKafka kafka;
    private final EmbeddedS3 s3;
    private final ObjectStore store;

    public Installation(Path directory) {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        s3 = EmbeddedS3.start(directory.resolve("s3"));
        store = new MinioObjectStore(new ObjectStoreConnection(
                s3.endpoint(), s3.accessKey(), s3.secretKey(), ObjectStoreConnection.DEFAULT_REGION));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            TopicProvisioner provisioner = new TopicProvisioner(admin);
            provisioner.create(Topics.all(1), TopicProvisioner.BROKER_DEFAULT_REPLICATION);
            provisioner.missingWithin(Duration.ofSeconds(15), Topics.all(1));
        }
    }

    /** What a command printed and told the shell. */
    public record Run(int exitCode, String out, String err) {}

    /** Runs a command of the trainer. */
    public Run run(String... arguments) {
        return run(environment(), arguments);
    }

    /** Runs a command of the trainer in that environment. */
    public static Run run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = TrainerMain.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return new Run(commandLine.execute(arguments), out.toString(), err.toString());
    }

    /** What says where the servers are. */
    public Map<String, String> environment() {
        return Map.of(
                "COLORSTREAM_KAFKA",
                kafka.bootstrap(),
                "COLORSTREAM_S3_ENDPOINT",
                s3.endpoint(),
                "COLORSTREAM_S3_ACCESS_KEY",
                s3.accessKey(),
                "COLORSTREAM_S3_SECRET_KEY",
                s3.secretKey());
    }

    public KafkaConnection kafka() {
        return new KafkaConnection(kafka.bootstrap(), Optional.empty());
    }

    public ObjectStore store() {
        return store;
    }

    public ModelRegistry registry() {
        return new ModelRegistry(store, Buckets.MODELS);
    }

    /** All that was announced and committed, in its order. */
    public List<ModelAnnouncement> announcements() {
        List<ModelAnnouncement> announcements = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = kafka().consumer()) {
            consumer.assign(List.of(ANNOUNCEMENTS));
            consumer.seekToBeginning(List.of(ANNOUNCEMENTS));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(ANNOUNCEMENTS)).get(ANNOUNCEMENTS));
            while (consumer.position(ANNOUNCEMENTS) < end) {
                for (ConsumerRecord<byte[], byte @Nullable []> message : consumer.poll(Duration.ofSeconds(1))) {
                    announcement(message.value()).ifPresent(announcements::add);
                }
            }
        }
        return announcements;
    }

    private static Optional<ModelAnnouncement> announcement(byte @Nullable [] value) {
        try {
            return value == null ? Optional.empty() : Optional.of(AnnouncementJson.read(value));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /** Puts a record on the topic of announcements as it is; null forgets the channel of that key. */
    public void announce(String key, byte @Nullable [] value) {
        try (Producer<byte[], byte @Nullable []> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.MODELS, key.getBytes(UTF_8), value))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the announcement was not taken", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A version's folder whose network is no network: for what only moves it. */
    public static ModelVersionFolder version(Path models, String id, Instant createdAt) {
        ModelVersionWriter writer = new ModelVersionWriter(models.resolve(id));
        writer.write(ModelVersionFolder.NETWORK, file -> Files.writeString(file, id));
        return writer.seal(files -> new ModelManifest(
                new ModelVersionId(id),
                "eccv16-small",
                128,
                PredictionKind.BIN_DISTRIBUTION,
                313,
                Optional.of(0.4),
                files,
                new ModelManifest.Training("f00d", Map.of("epochs", "3"), 1, Optional.empty(), "unknown"),
                new ModelManifest.Environment("17", "Linux", "amd64"),
                Map.of("auc", 90.125, "rebalancedAuc", 86.5),
                createdAt));
    }

    @Override
    public void close() {
        store.close();
        s3.close();
        kafka.close();
    }
}
