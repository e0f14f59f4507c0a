package dev.colorstream.trainer.evaluation;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.abbins.SoftEncoding;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.examples.PriorCounter;
import dev.colorstream.trainer.examples.PriorFile;
import dev.colorstream.trainer.interpretability.SceneJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trainer evaluate}: how good a network's colors are on photos that it has not seen. */
@Command(
        name = "evaluate",
        description = "Measures a network on real color photos, beside Gray and Random on the same photos.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PHOTOS", description = "Folder or zip of color photos, flat or a folder a scene.")
    private Path photos = Path.of(".");

    @Option(names = "--model", required = true, description = "Folder of a model version or of a training run.")
    private Path model = Path.of(".");

    @Option(names = "--every", defaultValue = "1", description = "Take every Nth photo, in the order of their names.")
    private int every;

    @Option(
            names = "--temperature",
            defaultValue = "0.38",
            description =
                    "Of the annealed mean, in (0,1]; more than one gives a row each. Ignored where a network predicts "
                            + "colors themselves.")
    private List<Double> temperatures = List.of();

    @Option(names = "--input-size", description = "Side that the network sees; as the model says if left out.")
    private @Nullable Integer inputSize;

    @Option(
            names = "--training-photos",
            description = "The training photos, to count colors in; only where the model's folder has no prior.json.")
    private @Nullable Path trainingPhotos;

    @Option(names = "--json", description = "Write the report to this file.")
    private @Nullable Path json;

    @Option(names = "--contact-sheet", description = "Write a PNG of photos as gray | painted | real to this file.")
    private @Nullable Path contactSheet;

    @Option(
            names = "--classifier",
            description = "Folder of a scene classifier (see train-classifier): tells how many photos it recognizes.")
    private @Nullable Path classifier;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of Random and of the contact sheet.")
    private long seed;

    @Override
    public Integer call() throws IOException {
        if (every < 1) {
            throw new IOException("--every " + every + " is not 1 or more");
        }
        EvaluatedModel evaluated = EvaluatedModel.in(model);
        AbPrior prior = prior();
        try (PhotoSource source = PhotoSource.open(photos);
                Colorizer colorizer =
                        Colorizer.of(evaluated.engine(inputSize == null ? evaluated.inputSize() : inputSize))) {
            List<PhotoName> names = IntStream.range(0, source.photos().size())
                    .filter(i -> i % every == 0)
                    .mapToObj(source.photos()::get)
                    .toList();
            Evaluation.Outcome outcome = evaluate(evaluated, prior, source, colorizer, names);
            System.out.print(outcome.report().table());
            outcome.report().leftOut().forEach((name, why) -> System.err.println("left out: " + name + ": " + why));
            if (json != null) {
                outcome.report().write(json);
            }
            if (contactSheet != null) {
                outcome.sheet().write(contactSheet);
            }
        }
        return 0;
    }

    private Evaluation.Outcome evaluate(
            EvaluatedModel evaluated, AbPrior prior, PhotoSource source, Colorizer colorizer, List<PhotoName> names)
            throws IOException {
        if (classifier == null) {
            return evaluate(evaluated, source, colorizer, names, measure(evaluated, prior, Optional.empty()));
        }
        try (SceneJudge judge = SceneJudge.open(classifier)) {
            return evaluate(evaluated, source, colorizer, names, measure(evaluated, prior, Optional.of(judge)));
        }
    }

    private Evaluation.Measure measure(EvaluatedModel evaluated, AbPrior prior, Optional<SceneJudge> judge) {
        boolean isDistribution = evaluated.architecture().head() == Head.BIN_DISTRIBUTION;
        return new Evaluation.Measure(prior, isDistribution ? temperatures : List.of(), seed, judge);
    }

    private static Evaluation.Outcome evaluate(
            EvaluatedModel evaluated,
            PhotoSource source,
            Colorizer colorizer,
            List<PhotoName> names,
            Evaluation.Measure measure)
            throws IOException {
        if (!Ansi.AUTO.enabled()) {
            return Evaluation.run(evaluated.name(), colorizer, measure, source, names, taken -> {});
        }
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("evaluating")
                .setInitialMax(names.size())
                .setStyle(ProgressBarStyle.ASCII)
                .build()) {
            return Evaluation.run(evaluated.name(), colorizer, measure, source, names, bar::stepTo);
        }
    }

    private AbPrior prior() throws IOException {
        Path file = model.resolve(PriorFile.NAME);
        if (Files.exists(file)) {
            return PriorFile.read(file);
        }
        if (trainingPhotos == null) {
            throw new IOException(file + " is missing; name the training photos by --training-photos");
        }
        try (PhotoSource source = PhotoSource.open(trainingPhotos);
                PreparedPhotos prepared = PreparedPhotos.prepare(source, 0)) {
            return PriorCounter.count(prepared, new SoftEncoding(1));
        }
    }
}
