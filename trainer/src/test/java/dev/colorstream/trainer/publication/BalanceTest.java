package dev.colorstream.trainer.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.Prediction.BinDistribution;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.trainer.Installation;
import dev.colorstream.trainer.Installation.Run;
import dev.colorstream.trainer.SyntheticPhotos;
import dev.colorstream.trainer.examples.PriorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real network, trained for a moment. */
final class BalanceTest {
    private static final Architecture ARCHITECTURE = Architecture.named("eccv16-small");
    private static final int SIZE = 32;
    private static final double LAMBDA = 0.5;

    @TempDir
    Path directory;

    @Test
    void shouldServeTheShareOfTheRebalancingThatWasAskedForAndTrainOnFromAllOfIt() throws IOException {
        // given
        Path run = directory.resolve("run");
        Weights trained = NetworkFile.read(train(run, "0.25").resolve("best.zip"), ARCHITECTURE);
        ModelVersionFolder version = made();

        // when
        float[] asTrained = logits(trained);
        float[] served = logits(NetworkFile.read(version.file(ModelVersionFolder.NETWORK), ARCHITECTURE));
        float[] weights = PriorFile.read(version.file(PriorFile.NAME)).weights(LAMBDA, 100);
        float[] trainedOn = logits(Balance.startOf(version).trainedWith(weights));

        // then
        assertThat(version.manifest().training().hyperparameters())
                .containsEntry("rebalancing", "0.25")
                .containsEntry("chosenRebalancing", "0.25");
        for (int i = 0; i < asTrained.length; i++) {
            double expected = asTrained[i] - 0.75 * Math.log(weights[i % weights.length]);
            assertThat(served[i]).isCloseTo((float) expected, within(1e-3f));
            assertThat(trainedOn[i]).isCloseTo(asTrained[i], within(1e-3f));
        }
    }

    @Test
    void shouldGiveAVersionAnotherBalanceWithoutTrainingIt() throws IOException {
        // given
        Path trained = train(directory.resolve("run"), "0.25");
        ModelVersionFolder version = made();
        float[] before = logits(NetworkFile.read(trained.resolve("best.zip"), ARCHITECTURE));

        // when
        Path others = directory.resolve("others");
        Run run = Installation.run(
                Map.of(),
                arguments(
                        directory.resolve("again"),
                        others,
                        0,
                        "--from " + version.folder() + " --evidence-photos 0 --rebalancing 1"));

        // then: weights of the new balance in place of the old ones
        assertThat(run.exitCode()).as(run.err()).isZero();
        ModelVersionFolder again = madeIn(others);
        assertThat(again.manifest().training().hyperparameters()).containsEntry("chosenStep", "0");
        assertThat(again.file("MODEL_CARD.md"))
                .content()
                .contains("The network is that of `"
                        + version.manifest().version().value() + "`");
        AbPrior prior = PriorFile.read(version.file(PriorFile.NAME));
        float[] old = prior.weights(LAMBDA, 100);
        float[] whole = prior.weights(LAMBDA);
        float[] after = logits(NetworkFile.read(again.file(ModelVersionFolder.NETWORK), ARCHITECTURE));
        for (int i = 0; i < before.length; i++) {
            double expected = before[i] + Math.log(whole[i % whole.length]) - Math.log(old[i % old.length]);
            assertThat(after[i]).isCloseTo((float) expected, within(1e-3f));
        }
    }

    @Test
    void shouldChooseAShareOnTheValidationPhotosWhereNoneIsAskedFor() throws IOException {
        train(directory.resolve("run"));

        Map<String, String> settings = made().manifest().training().hyperparameters();

        assertThat(settings).containsEntry("rebalancing", "chosen");
        assertThat(Double.parseDouble(settings.get("chosenRebalancing"))).isBetween(0.3, 1.0);
    }

    @Test
    void shouldRefuseAShareForANetworkThatIsTrainedWithout() throws IOException {
        Run run = Installation.run(
                Map.of(), arguments(directory.resolve("run"), "--variant", "regression", "--rebalancing", "0.5"));

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains("--rebalancing", "regression").hasLineCount(1);
        assertThat(directory.resolve("run")).doesNotExist();
    }

    private Path train(Path run, String... rebalancing) throws IOException {
        String[] flags = rebalancing.length == 0 ? rebalancing : new String[] {"--rebalancing", rebalancing[0]};
        Run trained = Installation.run(Map.of(), arguments(run, flags));
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        return run;
    }

    private String[] arguments(Path run, String... more) throws IOException {
        return arguments(run, directory.resolve("models"), 1, String.join(" ", more));
    }

    private String[] arguments(Path run, Path models, int epochs, String more) throws IOException {
        Path photos = SyntheticPhotos.folder(directory.resolve("photos"), 12);
        List<String> arguments = new ArrayList<>(List.of("train", photos.toString(), "--run", run.toString()));
        arguments.addAll(List.of("--models", models.toString()));
        arguments.addAll(List.of(("--epochs %d --batch-size 4 --input-size %d --final-input-size %d --serving-size %d "
                        + "--validation-share 0.2")
                .formatted(epochs, SIZE, SIZE, SIZE)
                .split(" ")));
        arguments.addAll(
                Stream.of(more.split(" ", -1)).filter(flag -> !flag.isEmpty()).toList());
        return arguments.toArray(new String[0]);
    }

    private ModelVersionFolder made() throws IOException {
        return madeIn(directory.resolve("models"));
    }

    private static ModelVersionFolder madeIn(Path models) throws IOException {
        try (Stream<Path> versions = Files.list(models)) {
            return ((FolderOutcome.Opened)
                            ModelVersionFolder.open(versions.findFirst().orElseThrow()))
                    .version();
        }
    }

    private static float[] logits(Weights weights) {
        Random random = new Random(1);
        float[] luminance = new float[SIZE * SIZE];
        for (int i = 0; i < luminance.length; i++) {
            luminance[i] = 100 * random.nextFloat();
        }
        try (Dl4jEngine engine = Dl4jEngine.of(ARCHITECTURE, weights, SIZE)) {
            return ((BinDistribution) engine.predict(luminance, 1).get(0)).logits();
        }
    }
}
