package dev.colorstream.local.launcher;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.topic.Topic;
import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ForegroundJvm;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;

/** Kafka, S3, a worker and the dashboard on this machine, each in a process of its own that ends with this one. */
final class LocalSystem implements AutoCloseable {
    private static final int FREE_PORT = 0;
    private static final String ACCESS_KEY = "colorstream";
    private static final Duration PROVISION_LIMIT = Duration.ofSeconds(15);
    private static final Duration WORKER_LIMIT = Duration.ofMinutes(3);
    private static final Duration DASHBOARD_LIMIT = Duration.ofMinutes(1);

    private final Path root;
    private final Path home;
    private final SecretKeyFile secretKey;
    private final Machine machine = Machine.here();
    private final Children children = new Children();
    private final EmbeddedKafka kafka;
    private final EmbeddedS3 s3;

    /**
     * Starts Kafka and S3 side by side.
     *
     * <p>If one of them cannot start, the other ends with this process.
     *
     * @param root the repository's root, where the services were built
     * @param home the data directory, held by this process alone
     */
    LocalSystem(Path root, Path home) {
        this.root = root;
        this.home = home;
        this.secretKey = new SecretKeyFile(home.resolve("s3-secret-key"));
        Runtime.getRuntime().addShutdownHook(new Thread(children::close, "end-children"));
        var credentials = new EmbeddedS3.Credentials(ACCESS_KEY, secretKey.secretKey());
        CompletableFuture<EmbeddedKafka> kafkaStart = CompletableFuture.supplyAsync(
                        () -> EmbeddedKafka.start(home.resolve("kafka")))
                .thenApply(started -> children.add(started, started::close));
        CompletableFuture<EmbeddedS3> s3Start = CompletableFuture.supplyAsync(
                        () -> EmbeddedS3.start(home.resolve("s3"), FREE_PORT, credentials))
                .thenApply(started -> children.add(started, started::close));
        kafka = kafkaStart.join();
        s3 = s3Start.join();
    }

    /** Kafka's address for clients. */
    String kafka() {
        return kafka.bootstrap();
    }

    /** What a client of the system needs in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "COLORSTREAM_KAFKA", kafka.bootstrap(),
                "COLORSTREAM_S3_ENDPOINT", s3.endpoint(),
                "COLORSTREAM_S3_ACCESS_KEY", ACCESS_KEY,
                "COLORSTREAM_S3_SECRET_KEY_FILE", secretKey.path().toString());
    }

    /** Makes the topics, the workers' group and the buckets that are not there yet. */
    void provision() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            var provisioner = new TopicProvisioner(admin);
            List<Topic> topics = Topics.all(Topics.DEFAULT_PARTITIONS);
            provisioner.create(topics, TopicProvisioner.BROKER_DEFAULT_REPLICATION);
            List<String> missing = provisioner.missingWithin(PROVISION_LIMIT, topics);
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Kafka's data in " + home + " are not as they should be: "
                        + String.join(", ", missing) + "; mend them or choose another COLORSTREAM_HOME");
            }
        }
        try (var store = new MinioObjectStore(new ObjectStoreConnection(
                s3.endpoint(), s3.accessKey(), s3.secretKey(), ObjectStoreConnection.DEFAULT_REGION))) {
            Buckets.all().forEach(store::ensureBucket);
        }
    }

    /** Starts a worker, which serves what the channels announce, and waits until it is ready. */
    ChildJvm startWorker() {
        var command = Service.WORKER
                .command(root, machine, List.of("--http-port", "0"), environment())
                .endingWithStandardInput();
        ChildJvm worker = ChildJvm.start(command, home.resolve("worker.log"), WORKER_LIMIT);
        return children.add(worker, worker::close);
    }

    /** Starts the dashboard on that port, 0 for a free one, and waits until its page answers. */
    ChildJvm startDashboard(int port) {
        List<String> arguments = List.of(
                "--http-port",
                Integer.toString(port),
                "--state",
                home.resolve("dashboard").toString());
        var command = Service.DASHBOARD
                .command(root, machine, arguments, environment())
                .endingWithStandardInput();
        ChildJvm dashboard = ChildJvm.start(command, home.resolve("dashboard.log"), DASHBOARD_LIMIT);
        return children.add(dashboard, dashboard::close);
    }

    /** Starts a command of a service on this terminal. */
    ForegroundJvm startTool(Service service, List<String> arguments) {
        ForegroundJvm tool = ForegroundJvm.start(service.command(root, machine, arguments, environment()));
        return children.add(tool, tool::close);
    }

    /** Whether the end has begun, by whomever. */
    boolean isClosed() {
        return children.isClosed();
    }

    /** Ends all processes, the last started first. */
    @Override
    public void close() {
        children.close();
    }
}
