package dev.colorstream.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code colorstream local} promises. */
final class LocalModeIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** How to get into another installation, which must not matter. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "COLORSTREAM_KAFKA", "kafka.example:9092",
            "COLORSTREAM_KAFKA_PROPERTIES", "/none/kafka-tls.properties",
            "COLORSTREAM_S3_REGION", "elsewhere-1",
            "COLORSTREAM_S3_SECRET_KEY", "of-another-store",
            "COLORSTREAM_S3_SESSION_TOKEN", "of-another-store",
            "COLORSTREAM_S3_CERTIFICATES", "/none/certificates.pem",
            "COLORSTREAM_PROFILE", "elsewhere",
            "COLORSTREAM_PROFILES", "/none/profiles.properties");

    @TempDir
    Path folder;

    @AfterEach
    void endLeftovers() {
        script().processes().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void shouldColorTheSamplesAndLeaveNoProcess() throws Exception {
        ColorstreamScript.Ended ended = script().run("local");

        assertThat(ended.status()).as(ended.output()).isZero();
        List<Path> samples = Repository.samples();
        Path out = folder.resolve("colorized");
        assertThat(photosIn(out)).hasSameSizeAs(samples);
        for (Path sample : samples) {
            Photo color = Photo.read(coloredOf(out, sample));
            assertThat(color.size())
                    .as(sample.toString())
                    .isEqualTo(Photo.read(sample).size());
            assertThat(ended.output()).contains(sample.getFileName().toString());
        }
        assertThat(samples)
                .anySatisfy(
                        sample -> assertThat(Photo.read(coloredOf(out, sample)).colorfulness())
                                .isGreaterThan(8));
        assertThat(script().processes()).isEmpty();
    }

    @Test
    void shouldColorTheGoodNameTheBadAndKeepDeadLetters() throws Exception {
        Path album = Files.createDirectory(folder.resolve("album"));
        Path good = Files.copy(Repository.SAMPLES.resolve("dune.jpg"), album.resolve("good.jpg"));
        Path alsoGood = Files.copy(Repository.SAMPLES.resolve("meadow.jpg"), album.resolve("also good.jpg"));
        byte[] whole = Files.readAllBytes(good);
        Files.write(album.resolve("truncated.jpg"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(album.resolve("text.jpg"), "dear diary");
        Files.createFile(album.resolve("empty.jpg"));
        Path out = folder.resolve("out");

        ColorstreamScript.Ended ended = script().run("local", album, "--out", out);

        assertThat(ended.status()).as(ended.output()).isNotZero();
        assertThat(photosIn(out)).hasSize(2);
        for (Path photo : List.of(good, alsoGood)) {
            assertThat(Photo.read(coloredOf(out, photo)).size())
                    .isEqualTo(Photo.read(photo).size());
        }
        assertThat(ended.output()).contains("truncated.jpg", "text.jpg", "empty.jpg");
        assertThat(script().processes()).isEmpty();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(script().home().resolve("kafka"));
                var letters = new TopicRecords(kafka.bootstrap(), Topics.DEAD_LETTERS)) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(letters.read()).hasSize(3));
        }
    }

    @Test
    void shouldDieWithItsKilledParentAndNotWaitForOldWorkAfterwards() throws Exception {
        Path album = Files.createDirectory(folder.resolve("album"));
        for (int i = 0; i < 2_000; i++) {
            Photo.writeSmallGray(album.resolve("photo-" + i + ".jpg"), i);
        }
        ColorstreamScript.Running killed = script().start("local", album);
        await().atMost(LIMIT)
                .until(() ->
                        script().processes().size() >= 5 || !killed.process().isAlive());
        assertThat(killed.process().isAlive()).as(killed.output()).isTrue();

        ColorstreamScript.Ended second = script().run("local", album);
        assertThat(second.status()).isNotZero();
        assertThat(second.output()).contains("in use by another process");

        // The upload runs ahead of the worker: when the first color photos are there, others wait for theirs.
        Path stored = script().home().resolve("s3/objects/colorized");
        await().atMost(LIMIT)
                .until(() -> !photosIn(stored).isEmpty() || !killed.process().isAlive());
        killed.signal("KILL");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(script().processes()).isEmpty());

        Path photo = Repository.SAMPLES.resolve("dune.jpg");
        ColorstreamScript.Ended next = script().run("local", photo, "--out", folder.resolve("next"));
        assertThat(next.status()).as(next.output()).isZero();
        assertThat(photosIn(folder.resolve("next"))).hasSize(1);
        assertThat(next.output()).contains("Leaving aside");
    }

    @Test
    void shouldServeOtherTerminalsUntilInterrupted() throws Exception {
        Path photo = Repository.SAMPLES.resolve("dune.jpg");
        ColorstreamScript.Running running =
                script().start("local", photo, "--keep-running", "--out", folder.resolve("first"));
        await().atMost(LIMIT)
                .until(() -> running.output().contains("Running until Ctrl-C")
                        || !running.process().isAlive());
        assertThat(photosIn(folder.resolve("first"))).as(running.output()).hasSize(1);
        assertThat(running.output()).containsPattern("Drop photos on the page http://127\\.0\\.0\\.1:[0-9]+/");

        var client = new ColorstreamScript(folder, exports(running.output()));
        ColorstreamScript.Ended upload = client.run(
                "upload", Repository.SAMPLES.resolve("meadow.jpg"), "--await", "--out", folder.resolve("second"));
        assertThat(upload.status()).as(upload.output()).isZero();
        assertThat(photosIn(folder.resolve("second"))).hasSize(1);

        running.interrupt();
        running.await();
        assertThat(script().processes()).isEmpty();
    }

    @Test
    void shouldNameWhatIsMissing() throws Exception {
        ColorstreamScript.Ended ended = script().run("local", folder.resolve("no-such-album"));

        assertThat(ended.status()).isNotZero();
        assertThat(ended.output()).contains("There is no").contains("no-such-album");
        assertThat(script().processes()).isEmpty();
    }

    private ColorstreamScript script() {
        return new ColorstreamScript(folder, ELSEWHERE);
    }

    private static Map<String, String> exports(String output) {
        return output.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("export "))
                .map(line -> line.substring("export ".length()).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static Path coloredOf(Path out, Path photo) throws IOException {
        String name = photo.getFileName().toString().replaceFirst("\\.[^.]+$", "");
        List<Path> matches = photosIn(out).stream()
                .filter(file -> file.getFileName().toString().startsWith(name))
                .toList();
        assertThat(matches).as("color photos of %s", photo).hasSize(1);
        return matches.get(0);
    }

    private static List<Path> photosIn(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
