package dev.colorstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.trainer.Installation;
import dev.colorstream.trainer.SyntheticPhotos;
import dev.colorstream.trainer.TrainerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trainer serve} as a process of its own, killed in the middle of whatever may be left half done. */
final class TrainerDeathTest {
    private static final String STORE = "COLORSTREAM_S3_ENDPOINT";
    private static final int PHOTOS = 32;
    private static final String A_VERSION = "PUT /models/models/[^/]+/";
    private static final long PART_OF_A_FILE = 1 << 20;

    @TempDir
    private Path directory;

    private Path work = Path.of("");
    private Path log = Path.of("");
    private Installation installation;

    @BeforeEach
    void bringPhotos() throws IOException {
        work = directory.resolve("work");
        log = directory.resolve("trainer.log");
        installation = new Installation(directory);
        installation.store().ensureBucket(Buckets.UPLOADS);
        for (int i = 0; i < PHOTOS; i++) {
            installation
                    .store()
                    .put(
                            new ObjectAddress(Buckets.UPLOADS, "training/" + i + ".png"),
                            SyntheticPhotos.png(SyntheticPhotos.landscape(48, 40, i)),
                            "image/png",
                            Map.of());
        }
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void shouldFinishItsRoundOnceWhereverItIsKilled() throws Exception {
        // when: it is killed while it trains
        serveUntil(() -> hasSaid("step 0 of"));

        // and while it writes its first checkpoint, and while it writes the one that replaces it
        serveUntil(() -> Files.exists(checkpoint("1.unfinished")));
        assertThat(checkpoint("1")).doesNotExist();
        serveUntil(() -> Files.exists(checkpoint("2.unfinished")));
        assertThat(checkpoint("1")).exists();
        assertThat(checkpoint("2")).doesNotExist();

        // and while it uploads the version's files
        serveUntilRequest(A_VERSION + ModelVersionFolder.NETWORK, PART_OF_A_FILE);
        assertThat(published()).isEmpty();

        // and when the files are there, but the manifest is not
        serveUntilRequest(A_VERSION + ModelManifest.FILE_NAME, 0);
        assertThat(keys()).anyMatch(key -> key.endsWith(ModelVersionFolder.NETWORK));
        assertThat(keys()).noneMatch(key -> key.endsWith(ModelManifest.FILE_NAME));
        assertThat(published()).isEmpty();
        assertThat(installation.announcements()).isEmpty();

        // and when it is published, but not known to be announced
        serveUntil(() -> hasSaid(" published "));
        assertThat(published()).hasSize(1);
        assertThat(stage()).isIn(Stage.PUBLISHING, Stage.ANNOUNCING);

        // then
        serveUntil(() -> stage() == Stage.WAITING);
        assertThat(published()).hasSize(1);
        assertThat(installation.registry().list().unusable()).isEmpty();
        assertThat(installation.announcements())
                .singleElement()
                .satisfies(told ->
                        assertThat(told.version()).isEqualTo(published().get(0).version()));

        // and there is nothing left to do
        assertThat(installation.run(arguments("--once")).exitCode()).isZero();
        assertThat(installation.announcements()).hasSize(1);
    }

    private void serveUntilRequest(String request, long passing) throws Exception {
        try (WatchedLine line = new WatchedLine(store(), request, passing)) {
            serveUntil(line.endpoint(), line::isReached);
        }
    }

    private void serveUntil(Callable<Boolean> moment) throws Exception {
        serveUntil(store(), moment);
    }

    private String store() {
        return Objects.requireNonNull(installation.environment().get(STORE));
    }

    /** Starts a trainer and kills it at that moment. */
    private void serveUntil(String store, Callable<Boolean> moment) throws Exception {
        Process trainer = start(store);
        try {
            await().alias("a moment of the trainer whose log is " + log)
                    .failFast("the trainer ended by itself", () -> !trainer.isAlive())
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofMinutes(2))
                    .until(moment);
        } finally {
            trainer.destroyForcibly().waitFor();
        }
    }

    private Process start(String store) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TrainerMain.class.getName()));
        command.addAll(List.of(arguments()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .directory(directory.toFile());
        builder.environment().putAll(installation.environment());
        builder.environment().put(STORE, store);
        return builder.start();
    }

    private String[] arguments(String... further) {
        String training = "--min-new-photos " + PHOTOS + " --epochs 2 --checkpoint-minutes 0 --batch-size 8"
                + " --input-size 32 --final-input-size 32 --serving-size 32 --validation-share 0.3 --held-out-share 0.3";
        String gate = "--most-below-gray 100 --least-colorful 0 --most-colorful 1000";
        return Stream.of(
                        Stream.of("serve", "--work", work.toString()),
                        Stream.of((training + " " + gate).split(" ", -1)),
                        Stream.of(further))
                .flatMap(words -> words)
                .toArray(String[]::new);
    }

    private boolean hasSaid(String part) throws IOException {
        return Files.readString(log).contains(part);
    }

    private Path checkpoint(String name) {
        return work.resolve("rounds/1/run/checkpoint-" + name);
    }

    private Stage stage() throws IOException {
        return Progress.read(work.resolve("progress.json")).stage();
    }

    private List<ModelManifest> published() {
        return installation.registry().list().whole();
    }

    private List<String> keys() {
        return installation
                .store()
                .list(Buckets.MODELS, "models/")
                .map(object -> object.address().key())
                .toList();
    }
}
