package dev.colorstream.trainer.training;

import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trainer train}: from a folder or zip of color photos to a model version. */
@Command(
        name = "train",
        description = "Trains a network on a folder or zip of color photos and writes a model version.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PHOTOS", description = "Folder or zip of color photos, flat or a folder a scene.")
    private Path photos = Path.of(".");

    @Option(names = "--run", required = true, description = "Folder of the run: settings, checkpoints, curve.")
    private Path run = Path.of(".");

    @Option(names = "--resume", description = "Go on with the run from its newest checkpoint and its own settings.")
    private boolean resume;

    @Option(names = "--architecture", defaultValue = "eccv16-small", description = "eccv16 or eccv16-small.")
    private String architecture = "";

    @Option(names = "--input-size", defaultValue = "64", description = "Side of the crops in pixels.")
    private int inputSize;

    @Option(names = "--final-input-size", defaultValue = "80", description = "Side of the crops at the end.")
    private int finalInputSize;

    @Option(names = "--final-share", defaultValue = "0.2", description = "Share of the steps at the final size.")
    private double finalShare;

    @Option(names = "--batch-size", defaultValue = "32", description = "Photos a step.")
    private int batchSize;

    @Option(names = "--epochs", defaultValue = "18", description = "How often each photo is seen.")
    private int epochs;

    @Option(names = "--learning-rate", defaultValue = "0.002", description = "The highest learning rate.")
    private double learningRate;

    @Option(names = "--warm-up-steps", defaultValue = "200", description = "Steps until the highest learning rate.")
    private int warmUpSteps;

    @Option(names = "--weight-decay", defaultValue = "0", description = "Decoupled weight decay.")
    private double weightDecay;

    @Option(names = "--average-decay", defaultValue = "0.998", description = "Memory of the weights' average.")
    private double averageDecay;

    @Option(names = "--neighbors", defaultValue = "5", description = "Bins in a color's soft encoding.")
    private int neighbors;

    @Option(names = "--lambda", defaultValue = "0.5", description = "Uniform share in the rebalancing; 1 is none.")
    private double lambda;

    @Option(names = "--validation-share", defaultValue = "0.06", description = "Photos kept from training.")
    private double validationShare;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of weights, order and crops.")
    private long seed;

    @Option(names = "--checkpoint-minutes", defaultValue = "3", description = "Minutes between checkpoints.")
    private long checkpointMinutes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        TrainingSettings settings = resume
                ? TrainingRun.settingsOf(run)
                : new TrainingSettings(
                        architecture,
                        inputSize,
                        finalInputSize,
                        finalShare,
                        batchSize,
                        epochs,
                        learningRate,
                        warmUpSteps,
                        weightDecay,
                        averageDecay,
                        neighbors,
                        lambda,
                        validationShare,
                        seed);
        Duration checkpointEvery = Duration.ofMinutes(checkpointMinutes);
        try (PhotoSource source = PhotoSource.open(photos);
                PreparedPhotos prepared = PreparedPhotos.prepare(source, settings.validationShare());
                ConsoleProgress progress =
                        new ConsoleProgress(line -> System.out.println(line), clock, Ansi.AUTO.enabled())) {
            System.out.printf(
                    "%d photos to train, %d to validate, %d duplicates left out, %d unreadable%n",
                    prepared.training().size(),
                    prepared.validation().size(),
                    prepared.duplicates(),
                    prepared.unreadable().size());
            prepared.unreadable().forEach(name -> System.err.println("not a readable photo, left out: " + name));
            TrainingRun training = resume
                    ? TrainingRun.resume(prepared, run, checkpointEvery, clock, progress)
                    : TrainingRun.begin(prepared, run, settings, checkpointEvery, clock, progress);
            TrainingRun.Outcome outcome = training.run();
            System.out.printf(
                    Locale.ROOT,
                    "Best at step %d: validation loss %.4f, after %d s: %s%n",
                    outcome.step(),
                    outcome.validationLoss(),
                    outcome.seconds(),
                    outcome.network());
        }
        return 0;
    }
}
