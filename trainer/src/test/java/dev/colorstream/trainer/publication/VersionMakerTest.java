package dev.colorstream.trainer.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.trainer.training.Serving;
import dev.colorstream.trainer.training.TrainingSettings;
import dev.colorstream.trainer.training.Variant;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VersionMakerTest {
    private static final Optional<ModelVersionId> NO_PARENT = Optional.empty();

    @Test
    void shouldGiveTheSameTrainingTheSameVersion() {
        assertThat(maker(96).id(settings(1, 2e-3), NO_PARENT, "f00d"))
                .isEqualTo(maker(96).id(settings(1, 2e-3), NO_PARENT, "f00d"))
                .asString()
                .matches("eccv16-small-[0-9a-f]{12}");
    }

    @Test
    void shouldGiveAnotherTrainingAnotherVersion() {
        Optional<ModelVersionId> parent = Optional.of(new ModelVersionId("eccv16-small-204645f6"));

        assertThat(new ModelVersionId[] {
                    maker(96).id(settings(1, 2e-3), NO_PARENT, "f00d"),
                    maker(96).id(settings(1, 2e-3), NO_PARENT, "beef"),
                    maker(96).id(settings(2, 2e-3), NO_PARENT, "f00d"),
                    maker(96).id(settings(1, 1e-3), NO_PARENT, "f00d"),
                    maker(80).id(settings(1, 2e-3), NO_PARENT, "f00d"),
                    maker(96).id(settings(1, 2e-3), parent, "f00d"),
                    new VersionMaker(Path.of("models"), new Serving(96, Optional.of(0.5)), Clock.systemUTC())
                            .id(settings(1, 2e-3), NO_PARENT, "f00d"),
                })
                .doesNotHaveDuplicates();
    }

    private static VersionMaker maker(int servingSize) {
        return new VersionMaker(Path.of("models"), new Serving(servingSize, Optional.empty()), Clock.systemUTC());
    }

    private static TrainingSettings settings(long seed, double learningRate) {
        return new TrainingSettings(
                Variant.REBALANCED,
                "eccv16-small",
                32,
                48,
                0.5,
                4,
                2,
                learningRate,
                2,
                1e-3,
                0.9,
                5,
                0.5,
                100,
                0.3,
                seed);
    }
}
