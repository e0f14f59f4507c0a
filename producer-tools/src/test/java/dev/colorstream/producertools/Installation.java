package dev.colorstream.producertools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.connection.ConnectionNames;
import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.ColorKey;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.OutputFormat;
import dev.colorstream.contract.request.RequestReader;
import dev.colorstream.contract.request.RequestReading.Requests;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.contract.result.DeadLetter;
import dev.colorstream.contract.result.ResultJson;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A real Kafka and a real S3, the command that is tested against them, and a peer that speaks the contract as workers do. */
final class Installation implements AutoCloseable {
    private static @Nullable Installation shared;

    private final EmbeddedKafka kafka;
    private final EmbeddedS3 s3;
    private final ObjectStore store;
    private final Producer<byte[], byte[]> producer;

    Installation(Path directory) {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        s3 = EmbeddedS3.start(directory.resolve("s3"));
        store = new MinioObjectStore(s3());
        producer = connection().producer();
    }

    /** One for all tests that do not mind others' topics; its servers end with the tests' JVM. */
    static synchronized Installation shared() {
        if (shared == null) {
            try {
                shared = new Installation(Files.createTempDirectory(Path.of("target"), "installation-"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Run created = shared.run("topics", "create", "--partitions", "3", "--buckets");
            assertThat(created.err()).isEmpty();
        }
        return shared;
    }

    /** What a command printed and told the shell. */
    record Run(int exitCode, String out, String err) {}

    Run run(String... arguments) {
        return run(environment(), arguments);
    }

    static Run run(Map<String, String> environment, String... arguments) {
        return run(environment, InputStream.nullInputStream(), arguments);
    }

    static Run run(Map<String, String> environment, InputStream in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                environment,
                in,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                false,
                Clock.systemUTC());
        int exitCode = ColorstreamCli.run(console, arguments);
        return new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** Starts the command as a process of its own, which writes all that it prints into that file; the caller ends it. */
    Process start(Path log, String... arguments) throws IOException {
        return start(log, List.of(), arguments);
    }

    /** The same with further flags of the JVM. */
    Process start(Path log, List<String> jvmFlags, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        words.addAll(jvmFlags);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), ColorstreamCli.class.getName()));
        words.addAll(List.of(arguments));
        ProcessBuilder command =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        command.environment().putAll(environment());
        return command.start();
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(ConnectionNames.KAFKA_VARIABLE, kafka.bootstrap());
        environment.put(ConnectionNames.S3_VARIABLE, s3.endpoint());
        environment.put(ConnectionNames.S3_ACCESS_KEY_VARIABLE, s3.accessKey());
        environment.put(ConnectionNames.S3_SECRET_KEY_VARIABLE, s3.secretKey());
        return environment;
    }

    KafkaConnection connection() {
        return new KafkaConnection(kafka.bootstrap(), Optional.empty());
    }

    ObjectStoreConnection s3() {
        return new ObjectStoreConnection(s3.endpoint(), s3.accessKey(), s3.secretKey(), "us-east-1");
    }

    ObjectStore store() {
        return store;
    }

    /** The requests of the job that are on the topic by now, in any order. */
    List<ColorizeRequest> requests(String job) {
        return requests(Topics.REQUESTS, job);
    }

    List<ColorizeRequest> requests(String topic, String job) {
        List<ColorizeRequest> requests = requestsOf(topic);
        requests.removeIf(request -> !request.job().equals(Optional.of(new JobId(job))));
        return requests;
    }

    /** All requests that are on the topic by now, in any order. */
    List<ColorizeRequest> requestsOf(String topic) {
        List<ColorizeRequest> requests = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = connection().consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(100))) {
                    if (new RequestReader().read(message) instanceof Requests read) {
                        requests.addAll(read.requests());
                    }
                }
            }
        }
        return requests;
    }

    /** Stores these bytes as the color photo and returns the result that tells of it. */
    Colored colored(ColorizeRequest request, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        ObjectAddress address = new ObjectAddress(Buckets.COLORIZED, ColorKey.of(request, OutputFormat.JPEG));
        store.put(address, bytes, "image/jpeg", Map.of());
        return new Colored(
                request.id(),
                request.job(),
                request.source(),
                new ColorObject(address, "image/jpeg", 640, 480, Hashes.sha256Hex(bytes)),
                new ModelVersionId("v7"),
                "peer",
                1,
                Map.of(Stage.FETCH, 40L, Stage.COLORIZE, 60L),
                Instant.EPOCH);
    }

    /** The result of one who colored it just now. */
    Colored answered(ColorizeRequest request) {
        Colored colored = colored(request, "color");
        return new Colored(
                colored.requestId(),
                colored.jobId(),
                colored.source(),
                colored.object(),
                colored.modelVersion(),
                colored.worker(),
                colored.attempt(),
                colored.milliseconds(),
                Instant.now());
    }

    Failed failed(ColorizeRequest request, FailureReason reason) {
        return new Failed(
                request.id(),
                request.job(),
                Optional.of(request.source()),
                reason,
                "told by the peer",
                Stage.DECODE,
                "peer",
                1,
                Map.of(),
                Instant.EPOCH);
    }

    /** Publishes the failed result and the dead letter, as a worker does. */
    void die(ColorizeRequest request, FailureReason reason) {
        publish(failed(request, reason));
        ProducerRecord<byte[], byte[]> sent = new RequestWriter("peer").write(Topics.REQUESTS, request);
        ConsumerRecord<byte[], byte[]> received = new ConsumerRecord<>(Topics.REQUESTS, 0, 0, sent.key(), sent.value());
        sent.headers().forEach(header -> received.headers().add(header));
        bury(received, request.id(), reason);
    }

    /** Publishes the dead letter of a request that was the photo's bare key. */
    void dieAsText(String key, RequestId id, FailureReason reason) {
        bury(new ConsumerRecord<>(Topics.REQUESTS, 2, 41, new byte[0], key.getBytes(UTF_8)), id, reason);
    }

    private void bury(ConsumerRecord<byte[], byte[]> received, RequestId id, FailureReason reason) {
        var unused = producer.send(DeadLetter.of(received, id, reason, Stage.DECODE, 1, "told by the peer")
                .write(Topics.DEAD_LETTERS, received));
        producer.flush();
    }

    void publish(ColorizeResult result) {
        var unused = producer.send(ResultJson.write(Topics.RESULTS, result));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
        store.close();
        s3.close();
        kafka.close();
    }
}
