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
import java.util.ArrayList;
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
        description = "Measures networks on real color photos, beside Gray and Random on the same photos.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PHOTOS", description = "Folder or zip of color photos, flat or a folder a scene.")
    private Path photos = Path.of(".");

    @Option(
            names = "--model",
            required = true,
            split = ",",
            description =
                    "Folder of a model version or of a training run; several are measured side by side, rebalanced "
                            + "by the colors of the first one's training photos.")
    private List<Path> models = List.of();

    @Option(names = "--every", defaultValue = "1", description = "Take every Nth photo, in the order of their names.")
    private int every;

    @Option(
            names = "--temperature",
            split = ",",
            description =
                    "Of the annealed mean, in (0,1]; more than one, parted by commas, gives a row each; as the model "
                            + "says if left out. Ignored where a network predicts colors themselves.")
    private List<Double> temperatures = List.of();

    @Option(names = "--input-size", description = "Side that the network sees; as the model says if left out.")
    private @Nullable Integer inputSize;

    @Option(
            names = "--training-photos",
            description = "The training photos, to count colors in; only where the model's folder has no prior.json.")
    private @Nullable Path trainingPhotos;

    @Option(names = "--json", description = "Write the report to this file; a list of them for several models.")
    private @Nullable Path json;

    @Option(names = "--markdown", description = "Write a table with what each figure means to this file.")
    private @Nullable Path markdown;

    @Option(
            names = "--contact-sheet",
            description = "Write a PNG of photos as gray | painted by each model | real to this file.")
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
        List<EvaluatedModel> evaluated = new ArrayList<>();
        for (Path model : models) {
            evaluated.add(EvaluatedModel.in(model));
        }
        AbPrior prior = prior();
        List<Evaluation.Candidate> candidates = new ArrayList<>();
        try (PhotoSource source = PhotoSource.open(photos)) {
            source.unreadable().forEach(name -> System.err.println("left out: " + name + ": cannot be read"));
            evaluated.forEach(model -> candidates.add(candidate(model)));
            List<PhotoName> names = IntStream.range(0, source.photos().size())
                    .filter(i -> i % every == 0)
                    .mapToObj(source.photos()::get)
                    .toList();
            write(evaluate(candidates, prior, source, names));
        } finally {
            candidates.forEach(candidate -> candidate.colorizer().close());
        }
        return 0;
    }

    private Evaluation.Candidate candidate(EvaluatedModel model) {
        boolean isDistribution = model.architecture().head() == Head.BIN_DISTRIBUTION;
        List<Double> asked = temperatures.isEmpty() ? List.of(model.temperature()) : temperatures;
        return new Evaluation.Candidate(
                model.name(),
                Colorizer.of(model.engine(inputSize == null ? model.inputSize() : inputSize)),
                isDistribution ? asked : List.of());
    }

    private void write(Evaluation.Outcome outcome) throws IOException {
        List<EvaluationReport> reports = outcome.reports();
        reports.forEach(report -> System.out.print(report.table()));
        reports.get(0).leftOut().forEach((name, why) -> System.err.println("left out: " + name + ": " + why));
        if (json != null) {
            EvaluationReport.write(json, reports);
        }
        if (markdown != null) {
            Files.writeString(markdown, EvaluationTable.of(photos.getFileName().toString(), reports));
        }
        if (contactSheet != null) {
            outcome.sheet().write(contactSheet);
        }
    }

    private Evaluation.Outcome evaluate(
            List<Evaluation.Candidate> candidates, AbPrior prior, PhotoSource source, List<PhotoName> names)
            throws IOException {
        if (classifier == null) {
            return evaluate(candidates, new Evaluation.Measure(prior, seed, Optional.empty()), source, names);
        }
        try (SceneJudge judge = SceneJudge.open(classifier)) {
            return evaluate(candidates, new Evaluation.Measure(prior, seed, Optional.of(judge)), source, names);
        }
    }

    private static Evaluation.Outcome evaluate(
            List<Evaluation.Candidate> candidates,
            Evaluation.Measure measure,
            PhotoSource source,
            List<PhotoName> names)
            throws IOException {
        if (!Ansi.AUTO.enabled()) {
            return Evaluation.run(candidates, measure, source, names, taken -> {});
        }
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("evaluating")
                .setInitialMax(names.size())
                .setStyle(ProgressBarStyle.ASCII)
                .build()) {
            return Evaluation.run(candidates, measure, source, names, bar::stepTo);
        }
    }

    private AbPrior prior() throws IOException {
        Path file = models.get(0).resolve(PriorFile.NAME);
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
