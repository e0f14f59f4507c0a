package dev.colorstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.trainer.SyntheticPhotos;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainingRunTest {
    private static final Duration AFTER_EACH_STEP = Duration.ZERO;
    private static final Duration HARDLY_EVER = Duration.ofHours(1);
    private static final Serving SERVING = new Serving(32, Optional.empty());
    private static final ModelVersionId PARENT = new ModelVersionId("eccv16-small-1");
    private static final TrainingSettings SETTINGS = settings(Variant.REBALANCED, "eccv16-small", 0.5, 2);

    @TempDir
    Path folder;

    private Path photosFolder = Path.of(".");

    @BeforeEach
    void makePhotos() throws IOException {
        photosFolder = SyntheticPhotos.folder(folder.resolve("photos"), 24);
    }

    @Test
    void shouldContinueTheSameCurveWhenResumedAfterADeath() throws IOException, InterruptedException {
        try (PreparedPhotos photos = prepare()) {
            // given
            Recording uninterrupted = new Recording(Integer.MAX_VALUE);
            TrainingRun.Outcome expected =
                    begin(photos, folder.resolve("one"), uninterrupted).run();
            Recording dying = new Recording(5);
            TrainingRun run = TrainingRun.begin(
                    photos, folder.resolve("two"), SETTINGS, SERVING, AFTER_EACH_STEP, Clock.systemUTC(), dying);
            assertThatThrownBy(run::run).isInstanceOf(DeathException.class);

            // when
            Recording resumed = new Recording(Integer.MAX_VALUE);
            TrainingRun.Outcome outcome = TrainingRun.resume(
                            photos, folder.resolve("two"), SERVING, HARDLY_EVER, Clock.systemUTC(), resumed)
                    .run();

            // then
            assertThat(resumed.losses.size()).isLessThan(uninterrupted.losses.size());
            int offset = uninterrupted.losses.size() - resumed.losses.size();
            for (int i = 0; i < resumed.losses.size(); i++) {
                assertThat(resumed.losses.get(i)).isCloseTo(uninterrupted.losses.get(offset + i), within(2e-3));
            }
            assertThat(outcome.step()).isEqualTo(expected.step());
            assertThat(outcome.validationLoss()).isCloseTo(expected.validationLoss(), within(2e-2));
            assertThat(NetworkFile.read(outcome.network(), Architecture.named("eccv16-small"))
                            .areFinite())
                    .isTrue();
        }
    }

    @Test
    void shouldRefuseToBeginWhereARunLiesAndToResumeWhereNoneLies() throws IOException, InterruptedException {
        try (PreparedPhotos photos = prepare()) {
            Recording recording = new Recording(1);
            dieAtOnce(photos, folder.resolve("run"));

            assertThatThrownBy(() -> begin(photos, folder.resolve("run"), recording))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("--resume");
            assertThatThrownBy(() -> TrainingRun.resume(
                            photos, folder.resolve("none"), SERVING, HARDLY_EVER, Clock.systemUTC(), recording))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("none");
        }
    }

    @Test
    void shouldRefuseToResumeWithOtherPhotosOrOtherFirstWeights() throws IOException, InterruptedException {
        // given
        Path run = folder.resolve("run");
        try (PreparedPhotos photos = prepare()) {
            dieAtOnce(photos, run);
            TrainingRun fromAnother = resume(photos, run).startingFrom(PARENT, rebalancing -> {
                throw new AssertionError("never asked");
            });

            assertThatThrownBy(fromAnother::run)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("random weights: leave --from out");
        }

        // when
        SyntheticPhotos.folder(photosFolder, 25);

        // then
        try (PreparedPhotos photos = prepare()) {
            assertThatThrownBy(() -> resume(photos, run).run())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(run.toString())
                    .hasMessageContaining("other photos");
        }
    }

    @Test
    void shouldKeepHowItsNetworkIsToBeServed() throws IOException, InterruptedException {
        try (PreparedPhotos photos = prepare()) {
            dieAtOnce(photos, folder.resolve("run"));
        }

        assertThat(TrainingRun.servingOf(folder.resolve("run"))).contains(SERVING);
    }

    @Test
    void shouldLeaveNothingBehindWhereThePhotosAreTooFew() throws IOException {
        photosFolder = SyntheticPhotos.folder(folder.resolve("few"), 2);
        try (PreparedPhotos photos = prepare()) {
            TrainingRun run = begin(photos, folder.resolve("run"), new Recording(Integer.MAX_VALUE));

            assertThatThrownBy(run::run).isInstanceOf(IOException.class).hasMessageContaining("--batch-size");
            assertThat(folder.resolve("run")).doesNotExist();
        }
    }

    @Test
    void shouldGoOnFromTheWeightsOfAnotherNetwork() throws IOException, InterruptedException {
        try (PreparedPhotos photos = prepare()) {
            // given
            Recording scratch = new Recording(Integer.MAX_VALUE);
            TrainingSettings settings = settings(Variant.REBALANCED, "eccv16-small", 0.5, 6);
            TrainingRun.Outcome parent =
                    begin(photos, folder.resolve("parent"), settings, scratch).run();

            // when
            Recording further = new Recording(Integer.MAX_VALUE);
            begin(photos, folder.resolve("child"), settings(Variant.REBALANCED, "eccv16-small", 0.5, 2), further)
                    .startingFrom(PARENT, rebalancing -> NetworkFile.read(parent.network(), settings.network()))
                    .run();

            // then
            assertThat(meanOf(further.losses.subList(0, 4))).isLessThan(0.95 * meanOf(scratch.losses.subList(0, 4)));
        }
    }

    @Test
    void shouldKeepTheNetworkThatItWentOnFromWhereNoEpochMakesABetterOne() throws IOException, InterruptedException {
        try (PreparedPhotos photos = prepare()) {
            // given: steps that forget faster than they learn
            TrainingSettings settings = settings(Variant.REBALANCED, "eccv16-small", 0.5, 3);
            TrainingRun.Outcome parent = begin(
                            photos, folder.resolve("parent"), settings, new Recording(Integer.MAX_VALUE))
                    .run();
            Weights begunWith = NetworkFile.read(parent.network(), settings.network());
            TrainingSettings wild = new TrainingSettings(
                    Variant.REBALANCED, "eccv16-small", 32, 48, 0.5, 4, 2, 0.1, 0, 0, 0, 5, 0.5, 0, 0.3, 1);

            // when
            Recording recording = new Recording(Integer.MAX_VALUE);
            TrainingRun.Outcome outcome = begin(photos, folder.resolve("child"), wild, recording)
                    .startingFrom(PARENT, rebalancing -> begunWith)
                    .run();

            // then
            assertThat(outcome.step()).isZero();
            assertThat(recording.validationLosses).hasSize(3);
            assertThat(outcome.validationLoss()).isEqualTo(recording.validationLosses.get(0));
            assertThat(NetworkFile.read(outcome.network(), settings.network()))
                    .usingRecursiveComparison()
                    .isEqualTo(begunWith);
        }
    }

    @Test
    void shouldRefuseNoEpochsOfNoNetwork() throws IOException {
        try (PreparedPhotos photos = prepare()) {
            TrainingSettings none = settings(Variant.REBALANCED, "eccv16-small", 0.5, 0);
            TrainingRun run = begin(photos, folder.resolve("run"), none, new Recording(Integer.MAX_VALUE));

            assertThatThrownBy(run::run)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("0 epochs")
                    .hasMessageContaining("go on from");
        }
    }

    @Test
    void shouldNameTheSettingThatIsOutOfRange() {
        assertThatThrownBy(() -> settings(Variant.REBALANCED, "eccv16-small", 1.5, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lambda 1.5");
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void shouldLowerTheLossOfEveryVariant(Variant variant) throws IOException, InterruptedException {
        try (PreparedPhotos photos = prepare()) {
            // given
            Recording recording = new Recording(Integer.MAX_VALUE);
            TrainingSettings settings = settings(variant, variant.architecture(), variant.lambda(), 6);

            // when
            TrainingRun.Outcome outcome =
                    begin(photos, folder.resolve("run"), settings, recording).run();

            // then
            assertThat(recording.validationLosses).hasSize(6).allMatch(Double::isFinite);
            assertThat(meanOf(recording.losses.subList(recording.losses.size() - 4, recording.losses.size())))
                    .isLessThan(0.9 * meanOf(recording.losses.subList(0, 4)));
            assertThat(NetworkFile.read(outcome.network(), settings.network()).areFinite())
                    .isTrue();
            assertThat(TrainingRun.settingsOf(folder.resolve("run"))).isEqualTo(settings);
        }
    }

    @Test
    void shouldReadSettingsWithoutAVariantAsRebalanced() throws IOException {
        Path file = folder.resolve("settings.json");
        SETTINGS.write(file);
        String written = Files.readString(file);
        String old = written.replaceFirst("\"variant\" : \"rebalanced\",", "");
        assertThat(old).isNotEqualTo(written);
        Files.writeString(file, old);

        assertThat(TrainingSettings.read(file)).isEqualTo(SETTINGS);
    }

    @Test
    void shouldRefuseToRebalanceWhatHasNoRebalancing() {
        assertThatThrownBy(() -> settings(Variant.CLASSIFICATION, "eccv16-small", 0.5, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lambda 0.5");
        assertThatThrownBy(() -> Variant.named("l2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("l2")
                .hasMessageContaining("regression");
    }

    @Test
    void shouldRefuseToLearnScenesByAnArchitectureWithoutGlobalFeatures() {
        assertThatThrownBy(() -> settings(Variant.FUSION, "eccv16-small", 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eccv16-small")
                .hasMessageContaining("fusion-small");
    }

    @Test
    void shouldRefuseToLearnTheScenesOfAFlatFolder() throws IOException {
        // given
        Path flat = Files.createDirectories(folder.resolve("flat"));
        try (PhotoSource source = PhotoSource.open(photosFolder)) {
            for (PhotoSource.PhotoName photo : source.photos()) {
                Files.write(flat.resolve(photo.path().replace('/', '-')), source.read(photo));
            }
        }
        photosFolder = flat;
        TrainingSettings fusion = settings(Variant.FUSION, "fusion-small", 1, 2);

        // when, then
        try (PreparedPhotos photos = prepare()) {
            assertThatThrownBy(() -> begin(photos, folder.resolve("run"), fusion, new Recording(Integer.MAX_VALUE)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a folder of its own");
            assertThat(folder.resolve("run")).doesNotExist();
        }
    }

    @Test
    void shouldRefuseToResumeWithPhotosOfOtherScenes() throws IOException, InterruptedException {
        // given
        TrainingSettings fusion = settings(Variant.FUSION, "fusion-small", 1, 2);
        Path run = folder.resolve("run");
        try (PreparedPhotos photos = prepare()) {
            assertThatThrownBy(
                            () -> begin(photos, run, fusion, new Recording(2)).run())
                    .isInstanceOf(DeathException.class);
        }

        // when
        Files.move(photosFolder.resolve("field"), photosFolder.resolve("meadow"));

        // then
        try (PreparedPhotos photos = prepare()) {
            Recording recording = new Recording(Integer.MAX_VALUE);
            TrainingRun resumed = TrainingRun.resume(photos, run, SERVING, HARDLY_EVER, Clock.systemUTC(), recording);
            assertThatThrownBy(resumed::run)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("field")
                    .hasMessageContaining("meadow");
        }
    }

    private static double meanOf(List<Double> losses) {
        return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static TrainingSettings settings(Variant variant, String architecture, double lambda, int epochs) {
        return new TrainingSettings(
                variant, architecture, 32, 48, 0.5, 4, epochs, 1e-3, 2, 1e-3, 0.9, 5, lambda, 0, 0.3, 1);
    }

    private static void dieAtOnce(PreparedPhotos photos, Path run) throws IOException, InterruptedException {
        TrainingRun begun = begin(photos, run, new Recording(1));
        assertThatThrownBy(begun::run).isInstanceOf(DeathException.class);
    }

    private static TrainingRun resume(PreparedPhotos photos, Path run) throws IOException {
        return TrainingRun.resume(photos, run, SERVING, HARDLY_EVER, Clock.systemUTC(), new Recording(1));
    }

    private static TrainingRun begin(PreparedPhotos photos, Path run, TrainingRun.Listener listener)
            throws IOException {
        return begin(photos, run, SETTINGS, listener);
    }

    private static TrainingRun begin(
            PreparedPhotos photos, Path run, TrainingSettings settings, TrainingRun.Listener listener)
            throws IOException {
        return TrainingRun.begin(photos, run, settings, SERVING, HARDLY_EVER, Clock.systemUTC(), listener);
    }

    private PreparedPhotos prepare() throws IOException {
        try (PhotoSource source = PhotoSource.open(photosFolder)) {
            return PreparedPhotos.prepare(source, SETTINGS.validationShare());
        }
    }

    private static final class DeathException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Writes losses down and dies at a step. */
    private static final class Recording implements TrainingRun.Listener {
        private final int deathStep;
        private final List<Double> losses = new ArrayList<>();
        private final List<Double> validationLosses = new ArrayList<>();

        Recording(int deathStep) {
            this.deathStep = deathStep;
        }

        @Override
        public void started(int step, int totalSteps, AbPrior prior) {
            assertThat(totalSteps).isGreaterThan(5);
        }

        @Override
        public void stepped(int step, int photos, double loss) {
            if (step == deathStep) {
                throw new DeathException();
            }
            losses.add(loss);
        }

        @Override
        public void validated(int step, double epoch, double trainingLoss, double validationLoss, boolean best) {
            assertThat(validationLoss).isPositive();
            validationLosses.add(validationLoss);
        }
    }
}
