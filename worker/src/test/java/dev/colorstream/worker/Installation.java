package dev.colorstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.model.AnnouncementJson;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.ModelStatus;
import dev.colorstream.contract.model.ModelStatusJson;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.DeadLetter;
import dev.colorstream.contract.result.ResultJson;
import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import dev.colorstream.worker.configuration.ConfigOutcome;
import dev.colorstream.worker.configuration.ConfigReader;
import dev.colorstream.worker.configuration.WorkerConfig;
import dev.colorstream.worker.modelversion.Models;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka and a real S3 with topics, buckets and a model version, and workers on them. */
final class Installation implements AutoCloseable {
    private static final EmbeddedS3.Credentials CREDENTIALS =
            new EmbeddedS3.Credentials("test-access-key", "test-secret-key");
    private static final Duration WORKER_LIMIT = Duration.ofMinutes(2);

    private final Path directory;
    private final Path model;
    private EmbeddedKafka kafka;
    private EmbeddedS3 s3;
    private final ObjectStore store;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicReader results;
    private final TopicReader deadLetters;
    private final TopicReader statuses;
    private final List<Runnable> endings = new ArrayList<>();

    private Installation(Path directory, int partitions) {
        this.directory = directory;
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        s3 = EmbeddedS3.start(directory.resolve("s3"), 0, CREDENTIALS);
        store = new MinioObjectStore(new ObjectStoreConnection(
                s3.endpoint(), CREDENTIALS.accessKey(), CREDENTIALS.secretKey(), ObjectStoreConnection.DEFAULT_REGION));
        Buckets.all().forEach(store::ensureBucket);
        try (Admin admin = Admin.create(client())) {
            new TopicProvisioner(admin).create(Topics.all(partitions), TopicProvisioner.BROKER_DEFAULT_REPLICATION);
        }
        producer = new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer());
        results = new TopicReader(client(), Topics.RESULTS);
        deadLetters = new TopicReader(client(), Topics.DEAD_LETTERS);
        statuses = new TopicReader(client(), Topics.MODEL_STATUS);
        model = Models.write(directory);
    }

    /** Starts servers in the directory; the topics have that many partitions. */
    static Installation start(Path directory, int partitions) {
        return new Installation(directory, partitions);
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", kafka.bootstrap());
    }

    /** The store, seen by a client. */
    ObjectStore store() {
        return store;
    }

    /** Starts a worker on the one model version in this process. */
    Worker startWorker(String id, String... more) throws InterruptedException {
        Worker worker = worker(arguments(id, more));
        worker.start();
        return worker;
    }

    /** A worker that follows the channels, in this process, not started yet. */
    Worker followingWorker(String id, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--id", id));
        arguments.addAll(List.of(more));
        return worker(arguments);
    }

    private Worker worker(List<String> arguments) {
        Worker worker = new Worker(config(arguments), () -> {
            throw new IllegalStateException("the network's thread ended");
        });
        endings.add(worker::close);
        return worker;
    }

    /** What a worker on the one model version is configured by. */
    WorkerConfig config(String id, String... more) {
        return config(arguments(id, more));
    }

    private WorkerConfig config(List<String> arguments) {
        ConfigOutcome outcome = ConfigReader.read(arguments.toArray(String[]::new), environment());
        return ((ConfigOutcome.Configured) outcome).config();
    }

    /** Writes to the topics; stays the installation's. */
    Producer<byte[], byte[]> producer() {
        return producer;
    }

    /** Announces a version, as trainers do. */
    void announce(ModelAnnouncement announcement) {
        var unused = producer.send(AnnouncementJson.write(Topics.MODELS, announcement));
        producer.flush();
    }

    /** All that workers said of versions. */
    List<ModelStatus> statuses() {
        return statuses.all().stream()
                .map(message -> ModelStatusJson.read(message.value()))
                .toList();
    }

    /** Starts a worker in a process of its own, which ends with this one. */
    ChildJvm startWorkerProcess(String id, String... more) {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> path.toFile().exists())
                .toList();
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("OMP_NUM_THREADS", "2");
        JvmCommand command = new JvmCommand(
                        id,
                        WorkerMain.class.getName(),
                        new ClassPath(classPath),
                        List.of("-Xmx512m", "-XX:+UseSerialGC", "-Djava.awt.headless=true"),
                        arguments(id, more),
                        environment)
                .endingWithStandardInput();
        ChildJvm worker = ChildJvm.start(command, directory.resolve(id + ".log"), WORKER_LIMIT);
        endings.add(worker::close);
        return worker;
    }

    private List<String> arguments(String id, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--id", id, "--model", model.toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private Map<String, String> environment() {
        return Map.of(
                "COLORSTREAM_KAFKA", kafka.bootstrap(),
                "COLORSTREAM_S3_ENDPOINT", s3.endpoint(),
                "COLORSTREAM_S3_ACCESS_KEY", CREDENTIALS.accessKey(),
                "COLORSTREAM_S3_SECRET_KEY", CREDENTIALS.secretKey());
    }

    /** Uploads a photo. */
    void upload(String key, byte[] bytes) {
        store.put(new ObjectAddress(Buckets.UPLOADS, key), bytes, "application/octet-stream", Map.of());
    }

    /** The status code of a path of a worker's HTTP server. */
    static int status(Worker worker, String path) {
        URI uri = URI.create("http://127.0.0.1:" + worker.httpPort() + path);
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot get " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Sends a request for a photo in the bucket of uploads. */
    void request(String id, String key, RequestOptions options) {
        request(photo(id, key, options));
    }

    void request(ColorizeRequest request) {
        send(Topics.REQUESTS, request);
        producer.flush();
    }

    /** Sends requests for photos in the bucket of uploads, by their ids, as fast as can be. */
    void request(Map<String, String> keysById) {
        keysById.forEach((id, key) -> send(Topics.REQUESTS, photo(id, key, RequestOptions.NONE)));
        producer.flush();
    }

    /** Sends a request that must not wait behind others. */
    void requestExpress(String id, String key) {
        send(Topics.EXPRESS_REQUESTS, photo(id, key, RequestOptions.NONE));
        producer.flush();
    }

    private static ColorizeRequest photo(String id, String key, RequestOptions options) {
        return new ColorizeRequest(
                new RequestId(id), Optional.empty(), new ObjectAddress(Buckets.UPLOADS, key), options, Instant.EPOCH);
    }

    private void send(String topic, ColorizeRequest request) {
        var unused = producer.send(new RequestWriter("/tests").write(topic, request));
    }

    /** Requests a photo as a suspect, which lay there and was delivered as often as the header says. */
    void suspect(String id, String key, String header) {
        ProducerRecord<byte[], byte[]> request =
                new RequestWriter("/tests").write(Topics.SUSPECTS, photo(id, key, RequestOptions.NONE));
        request.headers().add("colorstream-suspect", header.getBytes(UTF_8));
        var unused = producer.send(request);
        producer.flush();
    }

    /** Puts text on the requests topic, without key and headers. */
    void sendText(String text) {
        var unused = producer.send(new ProducerRecord<>(Topics.REQUESTS, text.getBytes(UTF_8)));
        producer.flush();
    }

    /** All results that were written, those of a request in their order. */
    List<ColorizeResult> results() {
        return results.all().stream()
                .map(message -> ResultJson.read(message.value()))
                .toList();
    }

    /** The newest result of each request. */
    Map<String, ColorizeResult> newestResults() {
        Map<String, ColorizeResult> newest = new LinkedHashMap<>();
        results().forEach(result -> newest.put(result.requestId().value(), result));
        return newest;
    }

    /** What the dead letters say. */
    List<DeadLetter> deadLetters() {
        return deadLetters.all().stream()
                .map(message -> DeadLetter.read(message).orElseThrow())
                .toList();
    }

    /** Lets a member of the workers' group take the only record there is, that many times, and give it back each time. */
    void deliverInVain(int times) {
        Map<String, Object> settings = new HashMap<>(client());
        settings.put("group.id", Topics.WORKER_GROUP);
        settings.put("share.acknowledgement.mode", "explicit");
        try (KafkaShareConsumer<byte[], byte[]> member =
                new KafkaShareConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            member.subscribe(List.of(Topics.REQUESTS));
            for (int delivery = 0; delivery < times; ) {
                for (ConsumerRecord<byte[], byte[]> message : member.poll(Duration.ofMillis(200))) {
                    member.acknowledge(message, AcknowledgeType.RELEASE);
                    delivery++;
                }
                member.commitSync();
            }
        }
    }

    /** Lets the topic of suspects take no record with more bytes. */
    void limitSuspects(int bytes) throws InterruptedException, ExecutionException {
        AlterConfigOp limit = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes)),
                AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(client())) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.SUSPECTS);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
        }
    }

    /** Kills Kafka, as {@code kill -9} does. */
    void killKafka() {
        kafka.kill();
    }

    /** Starts Kafka again, at the same address with the same records. */
    void restartKafka() {
        String address = kafka.bootstrap();
        kafka = EmbeddedKafka.start(
                directory.resolve("kafka"), Integer.parseInt(address.substring(address.indexOf(':') + 1)));
    }

    /** Kills the store, as {@code kill -9} does. */
    void killStore() {
        s3.kill();
    }

    /** Starts the store again, at the same address with the same objects. */
    void restartStore() {
        s3 = EmbeddedS3.start(directory.resolve("s3"), URI.create(s3.endpoint()).getPort(), CREDENTIALS);
    }

    @Override
    public void close() {
        endings.forEach(Runnable::run);
        results.close();
        deadLetters.close();
        statuses.close();
        producer.close();
        store.close();
        s3.close();
        kafka.close();
    }
}
