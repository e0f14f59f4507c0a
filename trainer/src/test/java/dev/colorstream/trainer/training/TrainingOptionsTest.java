package dev.colorstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class TrainingOptionsTest {
    @Test
    void shouldGoOnFromAVersionAtALowerLearningRateUnlessOneIsGiven() {
        TrainingOptions silent = options();
        TrainingOptions told = options("--learning-rate", "0.01");

        assertThat(silent.settings().learningRate()).isEqualTo(0.002);
        assertThat(silent.furtherSettings().learningRate()).isEqualTo(0.0003);
        assertThat(told.settings().learningRate()).isEqualTo(0.01);
        assertThat(told.furtherSettings()).isEqualTo(told.settings());
    }

    @Test
    void shouldServeAResumedRunAsItBeganUnlessToldOtherwise() {
        Serving begun = new Serving(80, Optional.of(0.5));

        assertThat(options().servingOf(begun)).isEqualTo(begun);
        assertThat(options("--serving-size", "64").servingOf(begun)).isEqualTo(new Serving(64, Optional.of(0.5)));
        assertThat(options("--rebalancing", "1").servingOf(begun)).isEqualTo(new Serving(80, Optional.of(1.0)));
    }

    private static TrainingOptions options(String... arguments) {
        TrainingOptions options = new TrainingOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
