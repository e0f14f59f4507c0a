package dev.colorstream.trainer;

import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.publication.VersionMaker;
import dev.colorstream.trainer.training.ConsoleProgress;
import dev.colorstream.trainer.training.TrainingRun;
import dev.colorstream.trainer.training.TrainingSettings;
import dev.colorstream.trainer.training.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--variant",
            defaultValue = "rebalanced",
            description =
                    "rebalanced, classification (no rebalancing), regression (squared error of the colors) or fusion "
                            + "(the same with global features and scenes, which the photos' folders name).")
    private String variant = "";

    @Option(
            names = "--architecture",
            description = "eccv16, eccv16-small or fusion-small; eccv16-small if left out, fusion-small for fusion.")
    private @Nullable String architecture;

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

    @Option(
            names = "--lambda",
            description = "Uniform share in the rebalancing; 0.5 if left out, always 1 (none) but for rebalanced.")
    private @Nullable Double lambda;

    @Option(names = "--validation-share", defaultValue = "0.06", description = "Photos kept from training.")
    private double validationShare;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of weights, order and crops.")
    private long seed;

    @Option(names = "--checkpoint-minutes", defaultValue = "3", description = "Minutes between checkpoints.")
    private long checkpointMinutes;

    @Option(names = "--models", defaultValue = "models", description = "Folder that the model version goes into.")
    private Path models = Path.of(".");

    @Option(names = "--serving-size", defaultValue = "96", description = "Side that workers serve the network with.")
    private int servingSize;

    @Option(names = "--data-title", description = "What the model card calls the photos; their path if left out.")
    private @Nullable String dataTitle;

    @Option(names = "--test", description = "Photos to measure the network on; those for validation if left out.")
    private @Nullable Path test;

    @Option(names = "--show", description = "Photos for the contact sheet; those to measure on if left out.")
    private @Nullable Path show;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        Variant trained = Variant.named(variant);
        TrainingSettings settings = resume
                ? TrainingRun.settingsOf(run)
                : new TrainingSettings(
                        trained,
                        architecture == null ? trained.architecture() : architecture,
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
                        lambda == null ? trained.lambda() : lambda,
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
            ModelVersionFolder version = makeVersion(outcome, source, prepared, clock);
            System.out.printf(
                    Locale.ROOT,
                    "Best at step %d with validation loss %.4f, after %d s of training: %s%n",
                    outcome.step(),
                    outcome.validationLoss(),
                    outcome.seconds(),
                    version.folder());
        }
        return 0;
    }

    private ModelVersionFolder makeVersion(
            TrainingRun.Outcome outcome, PhotoSource source, PreparedPhotos prepared, Clock clock)
            throws IOException, InterruptedException {
        String data = dataTitle == null ? photos.toString() : dataTitle;
        List<PhotoName> validated = prepared.validation().stream()
                .map(entry -> new PhotoName(entry.name()))
                .toList();
        VersionMaker maker = new VersionMaker(models, servingSize, clock);
        try (PhotoSource tested = test == null ? source : PhotoSource.open(test);
                PhotoSource shown = show == null ? tested : PhotoSource.open(show)) {
            VersionMaker.Photos toMeasure = test == null
                    ? new VersionMaker.Photos("the validation photos", source, validated)
                    : new VersionMaker.Photos(test.getFileName().toString(), tested, tested.photos());
            VersionMaker.Photos toShow = show == null ? toMeasure : new VersionMaker.Photos("", shown, shown.photos());
            return maker.make(outcome, prepared, data, toMeasure, toShow);
        }
    }
}
