package dev.colorstream.trainer;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.publication.Balance;
import dev.colorstream.trainer.publication.VersionMaker;
import dev.colorstream.trainer.training.ConsoleProgress;
import dev.colorstream.trainer.training.Serving;
import dev.colorstream.trainer.training.TrainingOptions;
import dev.colorstream.trainer.training.TrainingRun;
import dev.colorstream.trainer.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
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
            names = "--from",
            description = "Model version to begin with instead of random weights; name it again with --resume.")
    private @Nullable Path from;

    @Mixin
    private TrainingOptions options = new TrainingOptions();

    @Option(names = "--models", defaultValue = "models", description = "Folder that the model version goes into.")
    private Path models = Path.of(".");

    @Option(names = "--data-title", description = "What the model card calls the photos; their path if left out.")
    private @Nullable String dataTitle;

    @Option(
            names = "--test",
            description =
                    "Photos to measure the network on, but for those among PHOTOS; those for validation if left out.")
    private @Nullable Path test;

    @Option(names = "--show", description = "Photos for the contact sheet; those to measure on if left out.")
    private @Nullable Path show;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        TrainingSettings settings = settings();
        Serving serving = serving();
        Duration checkpointEvery = options.checkpointEvery();
        Optional<ModelVersionFolder> parent = from == null ? Optional.empty() : Optional.of(parent(from, settings));
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
            TrainingRun begun = resume
                    ? TrainingRun.resume(prepared, run, serving, checkpointEvery, clock, progress)
                    : TrainingRun.begin(prepared, run, settings, serving, checkpointEvery, clock, progress);
            TrainingRun training = parent.map(
                            version -> begun.startingFrom(version.manifest().version(), Balance.startOf(version)))
                    .orElse(begun);
            VersionMaker maker = new VersionMaker(models, serving, clock);
            Optional<ModelVersionId> parentId =
                    parent.map(version -> version.manifest().version());
            requireNotMade(models.resolve(
                    maker.id(settings, parentId, prepared.fingerprint()).value()));
            try (PhotoSource tested = test == null ? source : PhotoSource.open(test);
                    PhotoSource shown = show == null ? tested : PhotoSource.open(show)) {
                VersionMaker.Uses uses = uses(prepared, source, tested, shown);
                VersionMaker.requireMeasurable(uses);
                TrainingRun.Outcome outcome = training.run();
                String data = dataTitle == null ? photos.toString() : dataTitle;
                ModelVersionFolder version = maker.make(outcome, parentId, prepared, data, uses);
                System.out.printf(
                        Locale.ROOT,
                        "Best at step %d with validation loss %.4f, after %d s of training: %s%n",
                        outcome.step(),
                        outcome.validationLoss(),
                        outcome.seconds(),
                        version.folder());
            }
        }
        return 0;
    }

    private static void requireNotMade(Path version) throws IOException {
        if (ModelVersionFolder.open(version) instanceof FolderOutcome.Opened) {
            throw new IOException(version
                    + " is the version that this training makes, and versions never change: use it, name another folder"
                    + " by --models, or train with other settings, such as another --seed");
        }
    }

    private VersionMaker.Uses uses(PreparedPhotos prepared, PhotoSource source, PhotoSource tested, PhotoSource shown) {
        List<PhotoName> validated = prepared.validation().stream()
                .map(entry -> new PhotoName(entry.name()))
                .toList();
        VersionMaker.Photos toChooseOn = new VersionMaker.Photos("the validation photos", source, validated);
        VersionMaker.Photos toMeasure = toChooseOn;
        if (test != null) {
            List<PhotoName> unseen = prepared.unknownOf(tested);
            int seen = tested.photos().size() - unseen.size();
            if (seen > 0) {
                System.out.printf(
                        "%d photos of %s are among those of %s and measure nothing: left out%n", seen, test, photos);
            }
            toMeasure = new VersionMaker.Photos(titleOf(test), tested, unseen);
        }
        VersionMaker.Photos toShow =
                show == null ? toMeasure : new VersionMaker.Photos(titleOf(show), shown, shown.photos());
        return new VersionMaker.Uses(toChooseOn, toMeasure, toShow);
    }

    private static String titleOf(Path photos) {
        return photos.toAbsolutePath().normalize().getFileName().toString();
    }

    private Serving serving() throws IOException {
        Optional<Serving> begun = resume ? TrainingRun.servingOf(run) : Optional.empty();
        return begun.map(options::servingOf).orElseGet(options::serving);
    }

    private TrainingSettings settings() throws IOException {
        if (resume) {
            return TrainingRun.settingsOf(run);
        }
        return from == null ? options.settings() : options.furtherSettings();
    }

    private static ModelVersionFolder parent(Path folder, TrainingSettings settings) throws IOException {
        FolderOutcome outcome = ModelVersionFolder.open(folder);
        if (outcome instanceof FolderOutcome.Refused refused) {
            throw new IOException("cannot begin with --from " + folder + ": " + refused.reason());
        }
        ModelVersionFolder version = ((FolderOutcome.Opened) outcome).version();
        ModelManifest manifest = version.manifest();
        if (!manifest.architecture().equals(settings.architecture())
                || !manifest.prediction()
                        .wireName()
                        .equals(settings.variant().head().wireName())) {
            throw new IOException("'" + folder + "' is a network of another architecture or variant than "
                    + settings.architecture() + ", " + settings.variant().wireName() + "; begin with one of the same");
        }
        return version;
    }
}
