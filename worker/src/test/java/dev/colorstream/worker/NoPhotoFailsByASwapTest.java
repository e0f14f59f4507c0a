package dev.colorstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.ModelStatus;
import dev.colorstream.contract.model.RefusalReason;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.worker.modelversion.Models;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Guarantee: while versions come and go, every photo is colored by a whole one, and its result names it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class NoPhotoFailsByASwapTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String WORKER = "follower";
    private static final int PHOTOS = 5;
    private static final int STREAM = 20;
    private static final int BEFORE_EACH_SWAP = 350;
    private static final ModelVersionId V1 = new ModelVersionId("v1");
    private static final ModelVersionId V2 = new ModelVersionId("v2");
    private static final ModelVersionId V3 = new ModelVersionId("v3");

    @TempDir
    static Path directory;

    private static Installation installation;
    private static Worker worker;

    @BeforeAll
    static void publish() {
        installation = Installation.start(directory, 2);
        ModelRegistry registry = new ModelRegistry(installation.store(), Buckets.MODELS);
        for (ModelVersionId version : List.of(V1, V2, V3)) {
            registry.publish(Models.write(directory.resolve("trained"), version, version.hashCode()));
        }
        for (int photo = 0; photo < PHOTOS; photo++) {
            installation.upload(photo + ".png", Photos.png(60, 40, photo));
        }
        worker = installation.followingWorker(WORKER, "--batch", "4", "--colorize-threads", "2");
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    @Order(1)
    void shouldNotBeReadyBeforeAVersionIsAnnounced() {
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> {
            try {
                worker.start();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(Installation.status(worker, "/livez")).isEqualTo(200);
        assertThat(Installation.status(worker, "/readyz")).isEqualTo(503);

        installation.announce(stable(V1));

        await().atMost(LIMIT).until(() -> Installation.status(worker, "/readyz") == 200);
        start.join();
    }

    @Test
    @Order(2)
    void shouldColorEveryPhotoWhileVersionsComeAndGo() throws Exception {
        Stream stream = new Stream();
        stream.send(BEFORE_EACH_SWAP);
        stream.untilColoredBy(V1);

        stream.send(BEFORE_EACH_SWAP);
        installation.announce(stable(V2, V1));
        stream.untilColoredBy(V2);

        stream.send(BEFORE_EACH_SWAP);
        damage(new ModelVersionId("corrupt"), ModelVersionFolder.NETWORK, "no network".getBytes(UTF_8));
        installation.announce(stable(new ModelVersionId("corrupt"), V2, V1));
        stream.untilRefused("corrupt", RefusalReason.DAMAGED);

        stream.send(BEFORE_EACH_SWAP);
        installation.announce(stable(V3, V2, V1));
        stream.untilColoredBy(V3);

        stream.send(BEFORE_EACH_SWAP);
        installation.announce(stable(V1, V3, V2));
        stream.untilColoredBy(V1);

        stream.send(BEFORE_EACH_SWAP);
        // As a rollback announces it.
        installation.announce(stable(V3, V2));
        stream.untilColoredBy(V3);

        List<Colored> results = stream.results();
        assertThat(results)
                .hasSizeGreaterThan(6 * BEFORE_EACH_SWAP)
                .extracting(Colored::modelVersion)
                .contains(V1, V2, V3)
                .doesNotContain(version("corrupt"));
        assertThat(results).allMatch(result -> result.attempt() == 1);
        assertThat(installation.deadLetters()).isEmpty();
        assertThat(statuses()).containsEntry(V3, "serving").containsEntry(V1, "retired");
        assertSamePhotosWhenPinned(results);
    }

    @Test
    @Order(3)
    void shouldTellWhyItRefusesAVersionAndServeOn() throws Exception {
        damage(version("lost"), ModelVersionFolder.NETWORK, null);
        byte[] newer = manifest(version("newer"))
                .replace("\"format\" : 1", "\"format\" : 2")
                .getBytes(UTF_8);
        damage(version("newer"), ModelManifest.FILE_NAME, newer);
        Stream stream = new Stream();

        for (Map.Entry<String, RefusalReason> refusal : Map.of(
                        "lost", RefusalReason.DAMAGED,
                        "newer", RefusalReason.NEWER_MANIFEST,
                        "never-published", RefusalReason.UNKNOWN_VERSION)
                .entrySet()) {
            installation.announce(
                    new ModelAnnouncement(Channel.CANARY, version(refusal.getKey()), 1, List.of(), Instant.EPOCH, ""));
            stream.untilRefused(refusal.getKey(), refusal.getValue());
        }

        assertThat(stream.results()).extracting(Colored::modelVersion).containsOnly(V3);
    }

    @Test
    @Order(4)
    void shouldFailOnlyWhatIsPinnedToAVersionThatIsNone() {
        installation.request("pinned-unknown", "0.png", RequestOptions.pinned(version("v99")));
        installation.request("pinned-damaged", "0.png", RequestOptions.pinned(version("corrupt")));
        installation.request("beside", "0.png", RequestOptions.NONE);

        assertThat(((Failed) result("pinned-unknown")).reason()).isEqualTo(FailureReason.UNKNOWN_MODEL_VERSION);
        assertThat(((Failed) result("pinned-damaged")).reason()).isEqualTo(FailureReason.MODEL_VERSION_REFUSED);
        assertThat(result("beside")).isInstanceOf(Colored.class);
    }

    /** Photos that keep coming while something happens. */
    private static final class Stream {
        private static int streams;
        private final String name = "stream-" + ++streams + "-";
        private final List<String> sent = new ArrayList<>();

        void untilColoredBy(ModelVersionId version) {
            await().atMost(LIMIT).until(() -> {
                send(1);
                return newest(sent.size() - 1 - STREAM)
                        .filter(result -> result instanceof Colored colored
                                && colored.modelVersion().equals(version))
                        .isPresent();
            });
        }

        void untilRefused(String version, RefusalReason reason) {
            await().atMost(LIMIT).until(() -> {
                send(1);
                return installation.statuses().stream()
                        .anyMatch(status -> status instanceof ModelStatus.Refused refused
                                && refused.version().equals(version(version))
                                && refused.reason() == reason
                                && refused.worker().equals(WORKER));
            });
        }

        /** Waits for the results of all that were sent. */
        List<Colored> results() {
            await().atMost(LIMIT.multipliedBy(3))
                    .until(() -> installation.newestResults().keySet().containsAll(sent));
            Map<String, ColorizeResult> results = installation.newestResults();
            return sent.stream().map(id -> (Colored) results.get(id)).toList();
        }

        void send(int count) {
            for (int i = 0; i < count; i++) {
                String id = name + sent.size();
                installation.request(id, sent.size() % PHOTOS + ".png", RequestOptions.NONE);
                sent.add(id);
            }
        }

        private Optional<ColorizeResult> newest(int number) {
            Map<String, ColorizeResult> results = installation.newestResults();
            return sent.subList(Math.max(0, number), sent.size()).stream()
                    .filter(results::containsKey)
                    .map(results::get)
                    .reduce((older, newer) -> newer);
        }
    }

    private static void assertSamePhotosWhenPinned(List<Colored> results) {
        Map<ModelVersionId, Colored> oneOfEach = new HashMap<>();
        results.forEach(result -> oneOfEach.put(result.modelVersion(), result));
        oneOfEach.forEach((version, first) -> {
            installation.request("again-" + version, first.source().key(), RequestOptions.pinned(version));

            Colored again = (Colored) result("again-" + version);

            assertThat(again.modelVersion()).isEqualTo(version);
            assertThat(shareOfSamplesThatDiffer(photo(first), photo(again)))
                    .as("samples of %s that differ by more than a code", version)
                    .isLessThanOrEqualTo(0.001);
        });
        assertThat(shareOfSamplesThatDiffer(photo((Colored) result("again-v1")), photo((Colored) result("again-v2"))))
                .as("another version paints another photo")
                .isPositive();
    }

    private static double shareOfSamplesThatDiffer(BufferedImage one, BufferedImage other) {
        int[] samples = one.getData().getPixels(0, 0, one.getWidth(), one.getHeight(), (int[]) null);
        int[] others = other.getData().getPixels(0, 0, one.getWidth(), one.getHeight(), (int[]) null);
        assertThat(others).hasSameSizeAs(samples);
        int different = 0;
        for (int i = 0; i < samples.length; i++) {
            different += Math.abs(samples[i] - others[i]) > 1 ? 1 : 0;
        }
        return different / (double) samples.length;
    }

    private static BufferedImage photo(Colored result) {
        return Photos.read(((Found) installation.store().fetch(result.object().address(), 1 << 20)).bytes());
    }

    /** The newest status of each version. */
    private static Map<ModelVersionId, String> statuses() {
        Map<ModelVersionId, String> newest = new HashMap<>();
        installation
                .statuses()
                .forEach(status -> newest.put(
                        status.version(),
                        status instanceof ModelStatus.Serving
                                ? "serving"
                                : status instanceof ModelStatus.Retired ? "retired" : "refused"));
        return newest;
    }

    /** Publishes a version and then puts something else in a file's place, or takes the file away. */
    private static void damage(ModelVersionId version, String file, byte @Nullable [] bytes) {
        new ModelRegistry(installation.store(), Buckets.MODELS)
                .publish(Models.write(directory.resolve("damaged"), version, 7));
        ObjectAddress address = new ObjectAddress(Buckets.MODELS, "models/" + version + "/" + file);
        if (bytes == null) {
            installation.store().delete(address);
        } else {
            installation.store().put(address, bytes, "application/octet-stream", Map.of());
        }
    }

    private static String manifest(ModelVersionId version) throws Exception {
        Path folder = Models.write(directory.resolve("as-it-was"), version, 7).folder();
        return Files.readString(folder.resolve(ModelManifest.FILE_NAME));
    }

    private static ColorizeResult result(String request) {
        await().atMost(LIMIT).until(() -> installation.newestResults().containsKey(request));
        return Objects.requireNonNull(installation.newestResults().get(request));
    }

    private static ModelVersionId version(String name) {
        return new ModelVersionId(name);
    }

    private static ModelAnnouncement stable(ModelVersionId version, ModelVersionId... earlier) {
        return new ModelAnnouncement(Channel.STABLE, version, 1, List.of(earlier), Instant.EPOCH, "");
    }
}
