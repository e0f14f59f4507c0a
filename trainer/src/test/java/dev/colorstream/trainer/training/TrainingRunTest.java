package dev.colorstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.trainer.SyntheticPhotos;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingRunTest {
    private static final TrainingSettings SETTINGS =
            new TrainingSettings("eccv16-small", 32, 48, 0.5, 4, 2, 1e-3, 2, 1e-3, 0.9, 5, 0.5, 0.3, 1);

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
            TrainingRun run = begin(photos, folder.resolve("two"), dying);
            assertThatThrownBy(run::run).isInstanceOf(DeathException.class);

            // when
            Recording resumed = new Recording(Integer.MAX_VALUE);
            TrainingRun.Outcome outcome = TrainingRun.resume(
                            photos, folder.resolve("two"), Duration.ZERO, Clock.systemUTC(), resumed)
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
    void shouldRefuseToBeginWhereARunLiesAndToResumeWhereNoneLies() throws IOException {
        try (PreparedPhotos photos = prepare()) {
            Recording recording = new Recording(Integer.MAX_VALUE);
            begin(photos, folder.resolve("run"), recording);

            assertThatThrownBy(() -> begin(photos, folder.resolve("run"), recording))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("--resume");
            assertThatThrownBy(() -> TrainingRun.resume(
                            photos, folder.resolve("none"), Duration.ZERO, Clock.systemUTC(), recording))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("none");
        }
    }

    @Test
    void shouldNameTheSettingThatIsOutOfRange() {
        assertThatThrownBy(() ->
                        new TrainingSettings("eccv16-small", 32, 48, 0.5, 4, 2, 1e-3, 2, 1e-3, 0.9, 5, 1.5, 0.3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lambda 1.5");
    }

    private static TrainingRun begin(PreparedPhotos photos, Path run, TrainingRun.Listener listener)
            throws IOException {
        return TrainingRun.begin(photos, run, SETTINGS, Duration.ZERO, Clock.systemUTC(), listener);
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
        }
    }
}
