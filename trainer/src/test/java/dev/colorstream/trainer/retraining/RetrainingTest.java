package dev.colorstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.trainer.Installation;
import dev.colorstream.trainer.SyntheticPhotos;
import dev.colorstream.trainer.gate.GateLimits;
import dev.colorstream.trainer.release.Announcer;
import dev.colorstream.trainer.training.Serving;
import dev.colorstream.trainer.training.TrainingRun;
import dev.colorstream.trainer.training.TrainingSettings;
import dev.colorstream.trainer.training.Variant;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds of training against a real Kafka and a real S3; each test has a prefix of its own. */
final class RetrainingTest {
    private static final String BUCKET = "uploads";
    private static final double FURTHER_LEARNING_RATE = 2e-4;
    private static final GateLimits GENEROUS = new GateLimits(100, 0, 1000);
    private static final GateLimits CLOSED = new GateLimits(100, 0, 0);

    @TempDir
    static Path directory;

    private static Installation installation;

    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void start() {
        installation = new Installation(directory);
        installation.store().ensureBucket(BUCKET);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @BeforeEach
    void serveNothing() {
        installation.announce("stable", null);
    }

    @Test
    void shouldAnnounceOnceWhereverItDiesAndWhoeverElseTrains() throws Exception {
        // given
        upload("one/", 0, 32);
        Path work = directory.resolve("one");
        Plan plan = plan("one/", GENEROUS);
        int announced = installation.announcements().size();
        Set<ModelVersionId> published = versions();
        stepTwiceAsIfItHadDied(work, plan);
        assertThat(at(work, plan).stage()).isEqualTo(Stage.TRAINING);

        // when: it dies while it trains
        Retraining dying = retraining(work, plan, Dying::new);
        assertThatThrownBy(dying::step).isInstanceOf(DeathException.class);

        // and after each step, before it has written down that it is done
        stepTwiceAsIfItHadDied(work, plan);
        assertThat(at(work, plan).stage()).isEqualTo(Stage.JUDGING);
        assertThat(versions()).isEqualTo(published);
        stepTwiceAsIfItHadDied(work, plan);
        assertThat(at(work, plan).stage()).isEqualTo(Stage.PUBLISHING);
        stepTwiceAsIfItHadDied(work, plan);
        assertThat(at(work, plan).stage()).isEqualTo(Stage.ANNOUNCING);
        assertThat(installation.announcements()).hasSize(announced);
        Path twin = copy(work, directory.resolve("twin"));
        Path late = copy(work, directory.resolve("late"));
        stepTwiceAsIfItHadDied(work, plan);

        // then
        ModelVersionId made = newVersion(published);
        assertThat(installation.announcements()).hasSize(announced + 1).last().satisfies(told -> {
            assertThat(told.version()).isEqualTo(made);
            assertThat(told.note()).contains(made + " passes", "AuC");
        });
        assertThat(at(work, plan).stage()).isEqualTo(Stage.WAITING);
        assertThat(work.resolve("rounds")).doesNotExist();

        // and a second trainer of the same, at the same point, announces nothing
        at(twin, plan).step();
        assertThat(installation.announcements()).hasSize(announced + 1);

        // and one that comes after somebody changed the channel by hand neither
        announceByHand("by-hand");
        Path judging = copy(late, directory.resolve("judging"));
        Files.writeString(
                judging.resolve("progress.json"),
                Files.readString(judging.resolve("progress.json")).replace("ANNOUNCING", "JUDGING"));
        at(judging, plan).step();
        assertThat(said).last().asString().contains("cannot be compared", "no version by-hand");
        at(late, plan).step();
        assertThat(installation.announcements()).hasSize(announced + 2);
        assertThat(said).anySatisfy(line -> assertThat(line).contains("is not announced", "has changed"));
        assertThat(at(late, plan).stage()).isEqualTo(Stage.WAITING);

        // when: new photos come, and the gate is closed
        announceByHand(made.value());
        upload("one/", 32, 40);
        Plan closed = plan("one/", CLOSED);
        for (int step = 0; step < 4; step++) {
            at(work, closed).step();
        }

        // then: it was trained from the served version at the rate for that, stored, not announced
        assertThat(at(work, closed).stage()).isEqualTo(Stage.WAITING);
        assertThat(said)
                .anySatisfy(line -> assertThat(line)
                        .contains("gate: ", "is held for its", "rebalanced AuC", "after", made.value()));
        assertThat(installation.registry().list().whole()).anySatisfy(version -> {
            assertThat(version.training().parent()).contains(made);
            assertThat(version.training().hyperparameters())
                    .containsEntry("learningRate", Double.toString(FURTHER_LEARNING_RATE));
        });
        assertThat(installation.announcements()).hasSize(announced + 3);
    }

    @Test
    void shouldTakeEachContentOnceAndNeverMoveItToTheOtherSide() throws IOException {
        // given
        upload("photos/", 0, 20);
        put("photos/copy.png", photo(3));
        put("photos/notes.txt", "no photo by its name".getBytes(StandardCharsets.UTF_8));
        put("photos/gray.png", SyntheticPhotos.png(new BufferedImage(48, 40, BufferedImage.TYPE_BYTE_GRAY)));
        put("photos/broken.jpg", "no photo by its bytes".getBytes(StandardCharsets.UTF_8));
        Path folder = directory.resolve("collection");

        // when
        PhotoCollection first = collection("photos/", folder, 0.3);
        first.collect(said::add);
        List<Path> before = files(folder);

        // then
        assertThat(first.size()).isEqualTo(20);
        assertThat(first.heldOutPhotos()).isBetween(1, 19);
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).contains("photos/broken.jpg", "no photo that can be read");
        assertThat(said.get(1)).contains("photos/gray.png", "black and white");
        assertThat(before)
                .anySatisfy(file ->
                        assertThat(file.getFileName().toString()).isEqualTo(Hashes.sha256Hex(photo(3)) + ".png"));

        // when: it is opened again, with another share, and more has come
        upload("photos/", 20, 24);
        PhotoCollection second = collection("photos/", folder, 0.9);
        second.collect(said::add);

        // then
        assertThat(second.size()).isEqualTo(24);
        assertThat(files(folder)).containsAll(before).hasSize(before.size() + 4);
        assertThat(said).hasSize(2);
    }

    @Test
    void shouldWaitForPhotosAndForTime() throws Exception {
        Path work = directory.resolve("waiting");
        Plan hasty = plan("waiting/", GENEROUS);
        Plan patient = new Plan(
                BUCKET,
                "waiting/",
                0.3,
                Duration.ofDays(1),
                Optional.of(30),
                true,
                hasty.settings(),
                hasty.furtherSettings(),
                new Serving(32, Optional.empty()),
                Duration.ZERO,
                GENEROUS);

        at(work, hasty).step();
        assertThat(at(work, hasty).stage()).as("no photo yet").isEqualTo(Stage.WAITING);

        upload("waiting/", 100, 128);
        at(work, patient).step();
        assertThat(at(work, patient).stage()).as("28 of 30 photos").isEqualTo(Stage.WAITING);

        upload("waiting/", 128, 130);
        at(work, patient).step();
        assertThat(at(work, patient).stage()).as("30 of 30 photos").isEqualTo(Stage.TRAINING);
    }

    /** Takes a step, forgets that it was taken, and takes it again in a new trainer. */
    private void stepTwiceAsIfItHadDied(Path work, Plan plan) throws Exception {
        Retraining first = at(work, plan);
        byte[] before = Files.readAllBytes(work.resolve("progress.json"));
        first.step();
        assertThat(Files.readAllBytes(work.resolve("progress.json"))).isNotEqualTo(before);
        Files.write(work.resolve("progress.json"), before);
        at(work, plan).step();
    }

    private Retraining at(Path work, Plan plan) throws IOException {
        return retraining(work, plan, Silent::new);
    }

    private Retraining retraining(Path work, Plan plan, Supplier<TrainingRun.Listener> listener) throws IOException {
        return new Retraining(
                plan, installation.store(), installation.kafka(), work, Clock.systemUTC(), said::add, listener);
    }

    private static Plan plan(String prefix, GateLimits limits) {
        TrainingSettings settings = settings(1e-3);
        TrainingSettings further = settings(FURTHER_LEARNING_RATE);
        return new Plan(
                BUCKET,
                prefix,
                0.3,
                Duration.ZERO,
                Optional.empty(),
                false,
                settings,
                further,
                new Serving(32, Optional.empty()),
                Duration.ZERO,
                limits);
    }

    private static TrainingSettings settings(double learningRate) {
        return new TrainingSettings(
                Variant.REBALANCED, "eccv16-small", 32, 32, 0.5, 8, 1, learningRate, 2, 1e-3, 0.9, 5, 0.5, 100, 0.3, 1);
    }

    private static PhotoCollection collection(String prefix, Path folder, double heldOutShare) throws IOException {
        return new PhotoCollection(installation.store(), BUCKET, prefix, heldOutShare, folder);
    }

    private static Set<ModelVersionId> versions() {
        return installation.registry().list().whole().stream()
                .map(ModelManifest::version)
                .collect(Collectors.toSet());
    }

    private static ModelVersionId newVersion(Set<ModelVersionId> before) {
        Set<ModelVersionId> versions = new HashSet<>(versions());
        versions.removeAll(before);
        assertThat(versions).hasSize(1);
        return versions.iterator().next();
    }

    private static void announceByHand(String version) {
        try (Announcer announcer = Announcer.open(installation.kafka())) {
            announcer.announce(ModelAnnouncement.first(
                    Channel.STABLE, new ModelVersionId(version), 1, Instant.now(Clock.systemUTC()), "by hand"));
        }
    }

    private static void upload(String prefix, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            put(prefix + "photo" + i + ".png", photo(i));
        }
    }

    private static byte[] photo(int seed) throws IOException {
        return SyntheticPhotos.png(SyntheticPhotos.landscape(48, 40, seed));
    }

    private static void put(String key, byte[] bytes) {
        installation.store().put(new ObjectAddress(BUCKET, key), bytes, "application/octet-stream", Map.of());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".png")).toList();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }

    private static final class DeathException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static class Silent implements TrainingRun.Listener {
        @Override
        public void started(int step, int totalSteps, AbPrior prior) {
            assertThat(totalSteps).isPositive();
        }

        @Override
        public void stepped(int step, int photos, double loss) {}

        @Override
        public void validated(int step, double epoch, double trainingLoss, double validationLoss, boolean best) {}
    }

    /** Dies after the first step, before its checkpoint. */
    private static final class Dying extends Silent {
        @Override
        public void stepped(int step, int photos, double loss) {
            throw new DeathException();
        }
    }
}
