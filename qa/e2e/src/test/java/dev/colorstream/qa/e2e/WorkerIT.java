package dev.colorstream.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectContent;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.tools.ConsoleProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What workers promise to those who know only the topic and the object store. */
final class WorkerIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PHOTOS = 500;

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedS3 s3;
    private ColorstreamScript script;

    @BeforeEach
    void startServers() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        s3 = EmbeddedS3.start(folder.resolve("s3"));
        script = new ColorstreamScript(
                folder,
                Map.of(
                        "COLORSTREAM_KAFKA", kafka.bootstrap(),
                        "COLORSTREAM_S3_ENDPOINT", s3.endpoint(),
                        "COLORSTREAM_S3_ACCESS_KEY", s3.accessKey(),
                        "COLORSTREAM_S3_SECRET_KEY", s3.secretKey()));
        ColorstreamScript.Ended created = script.run("topics", "create", "--buckets", "--partitions", "1");
        assertThat(created.status()).as(created.output()).isZero();
    }

    @AfterEach
    void endAll() {
        script.processes().forEach(ProcessHandle::destroyForcibly);
        s3.close();
        kafka.close();
    }

    @Test
    void shouldColorPlainTextRecordThatCameBeforeAnyWorker() throws Exception {
        var photo = new ObjectAddress(Buckets.UPLOADS, "from elsewhere/dune.jpg");
        try (var store = new MinioObjectStore(new ObjectStoreConnection(
                s3.endpoint(), s3.accessKey(), s3.secretKey(), ObjectStoreConnection.DEFAULT_REGION))) {
            store.put(photo, ObjectContent.of(Repository.SAMPLES.resolve("dune.jpg")), "image/jpeg", Map.of());
        }
        produceWithKafkasOwnTool(photo.key());

        startWorker();

        try (var results = TopicRecords.results(kafka.bootstrap())) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(results.readResults())
                            .singleElement()
                            .isInstanceOfSatisfying(
                                    Colored.class,
                                    colored -> assertThat(colored.source()).isEqualTo(photo)));
        }
    }

    @Test
    void shouldShareOnePartitionAndLoseNothingWhenAWorkerIsKilled() throws Exception {
        Path album = Files.createDirectory(folder.resolve("album"));
        for (int i = 0; i < PHOTOS; i++) {
            Photo.writeSmallGray(album.resolve("photo-" + i + ".jpg"), i);
        }
        long doomed = startWorker();
        startWorker();
        ColorstreamScript.Running upload = script.start("upload", album);

        try (var results = TopicRecords.results(kafka.bootstrap())) {
            await().atMost(LIMIT).until(() -> workersOf(results.readResults()).size() == 2);
            assertThat(results.readResults()).as("the kill comes in the middle").hasSizeLessThan(PHOTOS);

            ProcessHandle.of(doomed).orElseThrow().destroyForcibly();

            assertThat(upload.await().status()).as(upload.output()).isZero();
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(requestsOf(results.readResults())).hasSize(PHOTOS));
            assertThat(results.readResults())
                    .allSatisfy(result -> assertThat(result).isInstanceOf(Colored.class));
        }
    }

    /** Starts a worker on a shipped version and waits until it serves; its process id. */
    private long startWorker() throws Exception {
        ColorstreamScript.Running worker =
                script.start("worker", "--model", Repository.shippedModel(), "--http-port", "0");
        await().atMost(LIMIT)
                .until(() ->
                        worker.output().contains("READY ") || !worker.process().isAlive());
        assertThat(worker.process().isAlive()).as(worker.output()).isTrue();
        return worker.process().pid();
    }

    private void produceWithKafkasOwnTool(String line) throws Exception {
        var command = new JvmCommand(
                "console producer",
                ConsoleProducer.class.getName(),
                new ClassPath(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList()),
                List.of(),
                List.of("--bootstrap-server", kafka.bootstrap(), "--topic", Topics.REQUESTS),
                Map.of());
        Process producer = new ProcessBuilder(command.words())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console-producer.txt").toFile())
                .start();
        try (var input = producer.getOutputStream()) {
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(producer.waitFor())
                .as(Files.readString(folder.resolve("console-producer.txt")))
                .isZero();
    }

    private static Set<String> workersOf(List<ColorizeResult> results) {
        return results.stream().map(ColorizeResult::worker).collect(Collectors.toSet());
    }

    private static Set<String> requestsOf(List<ColorizeResult> results) {
        return results.stream().map(result -> result.requestId().value()).collect(Collectors.toSet());
    }
}
