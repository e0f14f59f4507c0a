package dev.colorstream.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectContent;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers come and go under load, on a topic of one partition. They have no network, whose cost would only slow down what
 * is tested.
 */
@Tag("faults")
final class ScalingIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int REQUESTS_PER_SECOND = 40;
    private static final int MANY_ROUNDS = 8;

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedS3 s3;
    private ColorstreamScript script;
    private TopicRecords results;
    private SteadyRequests requests;
    private int started;

    private record Worker(String id, ColorstreamScript.Running call) {}

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
        Path photo = folder.resolve("photo.jpg");
        Photo.writeSmallGray(photo, 1);
        try (var store = new MinioObjectStore(new ObjectStoreConnection(
                s3.endpoint(), s3.accessKey(), s3.secretKey(), ObjectStoreConnection.DEFAULT_REGION))) {
            store.put(new ObjectAddress(Buckets.UPLOADS, "photo.jpg"), ObjectContent.of(photo), "image/jpeg", Map.of());
        }
        results = TopicRecords.results(kafka.bootstrap());
        requests = new SteadyRequests(kafka.bootstrap(), "photo.jpg", REQUESTS_PER_SECOND);
    }

    @AfterEach
    void endAll() {
        requests.close();
        results.close();
        script.processes().forEach(ProcessHandle::destroyForcibly);
        s3.close();
        kafka.close();
    }

    @Test
    void shouldLoseNothingInARollingUpgradeOfThreeWorkers() throws Exception {
        upgrade(1);
    }

    @Test
    void shouldLoseNothingInManyRollingUpgrades() throws Exception {
        upgrade(MANY_ROUNDS);
    }

    @Test
    void shouldPutFourWorkersToWorkOnOnePartitionAndLoseNothingWhenThreeGo() throws Exception {
        growAndShrink(1);
    }

    @Test
    void shouldLoseNothingWhenWorkersComeAndGoManyTimes() throws Exception {
        growAndShrink(MANY_ROUNDS);
    }

    private void upgrade(int rounds) throws Exception {
        List<Worker> serving = startWorkers(3);
        awaitWorkOf(serving);
        for (int round = 0; round < rounds; round++) {
            List<Worker> upgraded = new ArrayList<>();
            for (Worker old : serving) {
                List<Worker> next = startWorkers(1);
                awaitWorkOf(next);
                end(List.of(old));
                upgraded.addAll(next);
            }
            serving = upgraded;
        }
        assertNothingLost();
    }

    private void growAndShrink(int rounds) throws Exception {
        List<Worker> one = startWorkers(1);
        for (int round = 0; round < rounds; round++) {
            List<Worker> four = new ArrayList<>(one);
            four.addAll(startWorkers(3));
            awaitWorkOf(four);
            one = List.of(four.remove(four.size() - 1));
            end(four);
            int before = results.read().size();
            await().atMost(LIMIT).until(() -> results.read().size() > before + REQUESTS_PER_SECOND);
        }
        assertNothingLost();
    }

    /** Starts workers side by side and waits until all serve. */
    private List<Worker> startWorkers(int count) throws Exception {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "worker-" + ++started;
            workers.add(new Worker(
                    id,
                    script.start(
                            "worker",
                            "--engine",
                            "none",
                            "--pass-ms",
                            "20",
                            "--model",
                            Repository.shippedModel(),
                            "--http-port",
                            "0",
                            "--id",
                            id)));
        }
        for (Worker worker : workers) {
            await().atMost(LIMIT)
                    .until(() -> worker.call().output().contains("READY ")
                            || !worker.call().process().isAlive());
            assertThat(worker.call().process().isAlive())
                    .as(worker.call().output())
                    .isTrue();
        }
        return workers;
    }

    private void awaitWorkOf(Collection<Worker> workers) {
        Set<String> ids = workers.stream().map(Worker::id).collect(Collectors.toSet());
        int before = results.read().size();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(results.readResults().stream().skip(before))
                        .extracting(ColorizeResult::worker)
                        .containsAll(ids));
    }

    private static void end(Collection<Worker> workers) throws Exception {
        for (Worker worker : workers) {
            worker.call().signal("TERM");
        }
        for (Worker worker : workers) {
            assertThat(worker.call().await().output()).contains("Ended");
        }
    }

    /** Every request has a result and none failed; one may have been done again where a lock ran out meanwhile. */
    private void assertNothingLost() throws InterruptedException {
        int requested = requests.stop();
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(requestsOf(results.readResults())).hasSize(requested));
        assertThat(results.readResults())
                .allSatisfy(result -> assertThat(result).isInstanceOf(Colored.class));
    }

    private static Set<String> requestsOf(List<ColorizeResult> all) {
        return all.stream().map(result -> result.requestId().value()).collect(Collectors.toSet());
    }
}
