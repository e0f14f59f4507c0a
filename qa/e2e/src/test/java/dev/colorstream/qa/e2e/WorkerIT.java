package dev.colorstream.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.json.JsonObject;
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
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.tools.ConsoleProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** What workers promise to those who know only the topic and the object store. */
final class WorkerIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PHOTOS = 500;
    private static final int BULK_PHOTOS = 5000;
    private static final int KILLS = 10;
    private static final long SEED = 6;

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
                        "COLORSTREAM_S3_SECRET_KEY", s3.secretKey(),
                        "COLORSTREAM_LOG", "json"));
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
    void shouldLogJsonThatNamesTheRequestAndNoSecret() throws Exception {
        produceWithKafkasOwnTool("{\"no\": \"request\"}");

        ColorstreamScript.Running worker = startWorker("--engine", "none");

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(logged(worker))
                        .filteredOn(line -> line.text("message").startsWith("Failed: "))
                        .singleElement()
                        .satisfies(line -> assertThat(Stream.of("requestId", "reason", "topic", "partition", "offset"))
                                .allSatisfy(name ->
                                        assertThat(line.objects("kvpList")).anyMatch(pair -> pair.has(name)))));
        assertThat(worker.output()).doesNotContain(s3.secretKey());
    }

    @Test
    void shouldShareOnePartitionAndLoseNothingWhenAWorkerIsKilled() throws Exception {
        Path album = Files.createDirectory(folder.resolve("album"));
        for (int i = 0; i < PHOTOS; i++) {
            Photo.writeSmallGray(album.resolve("photo-" + i + ".jpg"), i);
        }
        ColorstreamScript.Running doomed = startWorker();
        startWorker();
        ColorstreamScript.Running upload = script.start("upload", album);

        try (var results = TopicRecords.results(kafka.bootstrap())) {
            await().atMost(LIMIT).until(() -> workersOf(results.readResults()).size() == 2);
            assertThat(results.readResults()).as("the kill comes in the middle").hasSizeLessThan(PHOTOS);

            doomed.process().destroyForcibly();

            assertThat(upload.await().status()).as(upload.output()).isZero();
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(requestsOf(results.readResults())).hasSize(PHOTOS));
            assertThat(results.readResults())
                    .allSatisfy(result -> assertThat(result).isInstanceOf(Colored.class));
        }
    }

    @Test
    @Tag("faults")
    void shouldColorEveryPhotoOfAJobWhoseUploadIsKilledTenTimes(TestReporter reporter) throws Exception {
        Path album = Files.createDirectory(folder.resolve("album"));
        for (int i = 0; i < BULK_PHOTOS; i++) {
            Photo.writeSmallGray(album.resolve("photo-" + i + ".jpg"), i);
        }
        startWorker("--engine", "none");

        // Far enough from the end that an upload is never done before it is killed.
        int[] points =
                new Random(SEED).ints(KILLS, 1, BULK_PHOTOS * 4 / 5).sorted().toArray();
        try (var requests = new TopicRecords(kafka.bootstrap(), Topics.REQUESTS);
                var results = TopicRecords.results(kafka.bootstrap())) {
            for (int point : points) {
                int more = requests.read().size() + 1;
                ColorstreamScript.Running upload = script.start("upload", album, "--job", "killed");
                await().atMost(LIMIT).until(() -> requests.read().size() >= Math.max(point, more));
                assertThat(upload.process().isAlive()).as(upload.output()).isTrue();
                upload.process().destroyForcibly().onExit().join();
            }
            ColorstreamScript.Ended last = script.run("upload", album, "--job", "killed");
            ColorstreamScript.Ended awaited = script.run("await", "killed");

            assertThat(last.status()).as(last.output()).isZero();
            assertThat(awaited.status()).as(awaited.output()).isZero();
            assertThat(awaited.output()).contains("5000 submitted = 5000 colored + 0 failed + 0 pending");
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(requestsOf(results.readResults())).hasSize(BULK_PHOTOS));
            await().atMost(LIMIT).until(() -> {
                int before = requests.read().size();
                return before >= BULK_PHOTOS && requests.read().size() == before;
            });
            int sentAgain = requests.read().size() - BULK_PHOTOS;
            reporter.publishEntry("requests sent again after " + KILLS + " kills", Integer.toString(sentAgain));
            assertThat(sentAgain).isBetween(0, KILLS * JobPage.MAX_PHOTOS);
        }
    }

    private static List<JsonObject> logged(ColorstreamScript.Running worker) {
        return worker.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonObject.parse(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** Starts a worker on a shipped version and waits until it serves. */
    private ColorstreamScript.Running startWorker(String... flags) throws Exception {
        Stream<Object> always = Stream.of("worker", "--model", Repository.shippedModel(), "--http-port", "0");
        return script.serve(Stream.concat(always, Stream.of(flags)).toArray());
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
