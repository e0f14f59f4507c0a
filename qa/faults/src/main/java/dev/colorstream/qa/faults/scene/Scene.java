package dev.colorstream.qa.faults.scene;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.local.launcher.Machine;
import dev.colorstream.local.launcher.Service;
import dev.colorstream.qa.faults.guarantees.Witness;
import dev.colorstream.qa.faults.proxy.FaultyStore;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** A real Kafka and a real S3, which workers reach by an address with faults and clients by one without. */
public final class Scene implements AutoCloseable {
    private static final EmbeddedS3.Credentials CREDENTIALS =
            new EmbeddedS3.Credentials("test-access-key", "test-secret-key");
    private static final int PARTITIONS = 2;
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Path root;
    private final Path folder;
    private final EmbeddedS3 s3;
    private final FaultyStore faultyStore;
    private final ObjectStore store;
    private final List<ChildJvm> workers = new ArrayList<>();
    private EmbeddedKafka kafka;

    /**
     * Starts Kafka and S3, and makes topics and buckets.
     *
     * @param root the repository, built
     * @param folder holds all data and logs
     */
    public Scene(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        s3 = EmbeddedS3.start(folder.resolve("s3"), 0, CREDENTIALS);
        faultyStore = new FaultyStore(s3.endpoint());
        store = new MinioObjectStore(new ObjectStoreConnection(
                s3.endpoint(), CREDENTIALS.accessKey(), CREDENTIALS.secretKey(), ObjectStoreConnection.DEFAULT_REGION));
        Buckets.all().forEach(store::ensureBucket);
        try (Admin admin = Admin.create(client())) {
            new TopicProvisioner(admin).create(Topics.all(PARTITIONS), TopicProvisioner.BROKER_DEFAULT_REPLICATION);
        }
    }

    /** The store as workers reach it. */
    public FaultyStore faultyStore() {
        return faultyStore;
    }

    /** The store as clients reach it. */
    public ObjectStore store() {
        return store;
    }

    /** A witness of one scenario, whose job has this name. */
    public Witness witness(String job) {
        return new Witness(client(), store, job + "/");
    }

    /** Stores photos and gives the requests for them. */
    public List<ColorizeRequest> upload(String job, int count, byte[] photo) {
        return IntStream.range(0, count)
                .mapToObj(i -> upload(job, Integer.toString(i), photo))
                .toList();
    }

    /** Stores a photo and gives the request for it. */
    public ColorizeRequest upload(String job, String name, byte[] photo) {
        ColorizeRequest request = request(job, name);
        store.put(request.source(), photo, "image/jpeg", Map.of());
        return request;
    }

    /** The request for a photo that nobody has stored yet. */
    public static ColorizeRequest request(String job, String name) {
        return new ColorizeRequest(
                new RequestId(job + "-" + name),
                Optional.of(new JobId(job)),
                new ObjectAddress(Buckets.UPLOADS, job + "/" + name + ".jpg"),
                RequestOptions.NONE,
                Instant.EPOCH);
    }

    /** A worker without a network: faults lie around it. */
    public WorkerProcess startWorker(String id, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--model", shippedModel().toString(), "--engine", "none"));
        arguments.addAll(List.of(more));
        return start(id, arguments);
    }

    /** A worker with the shipped network. */
    public WorkerProcess startWorkerWithNetwork(String id) {
        return start(id, List.of("--model", shippedModel().toString()));
    }

    /** A worker that serves what the channels announce. */
    public WorkerProcess startFollowingWorker(String id) {
        return start(id, List.of());
    }

    private WorkerProcess start(String id, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("--id", id, "--http-port", "0"));
        arguments.addAll(more);
        Map<String, String> environment = Map.of(
                "COLORSTREAM_KAFKA", kafka.bootstrap(),
                "COLORSTREAM_S3_ENDPOINT", faultyStore.endpoint(),
                "COLORSTREAM_S3_ACCESS_KEY", CREDENTIALS.accessKey(),
                "COLORSTREAM_S3_SECRET_KEY", CREDENTIALS.secretKey());
        ChildJvm child = ChildJvm.start(
                Service.WORKER
                        .command(root, Machine.here(), arguments, environment)
                        .endingWithStandardInput(),
                folder.resolve(id + ".log"),
                START_LIMIT);
        workers.add(child);
        return new WorkerProcess(child);
    }

    private Path shippedModel() {
        try (Stream<Path> versions = Files.list(root.resolve("models"))) {
            return versions.filter(version -> Files.exists(version.resolve("manifest.json")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all workers in order: what a killed one had asked Kafka for would count as a delivery in the next scenario. */
    public void endWorkers() {
        workers.forEach(ChildJvm::close);
        workers.clear();
    }

    /** Sets a configuration of a topic, or its default where the value is blank. */
    public void configure(String topic, String name, String value) {
        AlterConfigOp change = new AlterConfigOp(
                new ConfigEntry(name, value), value.isBlank() ? AlterConfigOp.OpType.DELETE : AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(client())) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refused " + name + "=" + value, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets Kafka stand still, or go on. */
    public void signalKafka(String signal) {
        WorkerProcess.signal(kafka.pid(), signal);
    }

    /** Kills Kafka, as {@code kill -9} does. */
    public void killKafka() {
        kafka.kill();
    }

    /** Starts Kafka again, at the same address with the same records. */
    public void restartKafka() {
        URI address = URI.create("kafka://" + kafka.bootstrap());
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), address.getPort());
    }

    /** What a Kafka client needs. */
    public Map<String, Object> client() {
        return Map.of("bootstrap.servers", kafka.bootstrap());
    }

    @Override
    public void close() {
        faultyStore.mend();
        endWorkers();
        store.close();
        faultyStore.close();
        s3.close();
        kafka.close();
    }
}
