package dev.colorstream.trainer.publication;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.ModelVersionWriter;
import dev.colorstream.trainer.dataset.EvenSample;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.evaluation.Evaluation;
import dev.colorstream.trainer.evaluation.EvaluationReport;
import dev.colorstream.trainer.evaluation.TooFewColorsException;
import dev.colorstream.trainer.examples.PriorFile;
import dev.colorstream.trainer.training.Serving;
import dev.colorstream.trainer.training.TrainingRun;
import dev.colorstream.trainer.training.TrainingSettings;
import dev.colorstream.trainer.training.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes a model version of a finished training run: evaluates its best network and writes the version's folder. */
public final class VersionMaker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ID_DIGITS = 12;
    private static final List<Double> TEMPERATURES =
            List.of(0.1, 0.2, 0.3, Palette.DEFAULT.temperature(), 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);
    private static final List<Double> REBALANCINGS = List.of(1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3);
    private static final int MOST_PHOTOS_TO_CHOOSE_ON = 600;

    private final Path models;
    private final Serving serving;
    private final Clock clock;

    /**
     * Photos to show or to measure on.
     *
     * @param title what the model card and messages call them
     */
    public record Photos(String title, PhotoSource source, List<PhotoName> names) {}

    /**
     * What photos serve for.
     *
     * @param toChooseOn the validation photos: temperature and rebalancing are chosen on them
     * @param toMeasure what the evaluation tells of
     * @param toShow what the contact sheet shows
     */
    public record Uses(Photos toChooseOn, Photos toMeasure, Photos toShow) {}

    /**
     * @param models the folder that versions go into, each in a folder of its own
     * @param serving how workers shall serve the network
     */
    public VersionMaker(Path models, Serving serving, Clock clock) {
        this.models = models;
        this.serving = serving;
        this.clock = clock;
    }

    /**
     * Sees to it before a training that its version can be made afterwards.
     *
     * @throws TooFewColorsException where some use has too few photos
     */
    public static void requireMeasurable(Uses uses) throws TooFewColorsException {
        for (Photos use : List.of(someOf(uses.toChooseOn()), uses.toMeasure(), uses.toShow())) {
            Evaluation.requireColors(use.title(), use.source(), use.names());
        }
    }

    /**
     * Makes the version.
     *
     * @param parent the version that training started from
     * @param data what the model card calls the training photos
     */
    public ModelVersionFolder make(
            TrainingRun.Outcome run, Optional<ModelVersionId> parent, PreparedPhotos prepared, String data, Uses uses)
            throws IOException, InterruptedException {
        Map<String, String> settings = hyperparameters(run.settings());
        ModelVersionId version = id(run.settings(), parent, prepared.fingerprint());
        settings.put("chosenStep", Integer.toString(run.step()));
        Served served = served(version, run, uses.toChooseOn());
        Optional<Double> temperature = served.temperature();
        served.rebalancing().ifPresent(kept -> settings.put(Balance.KEPT, kept.toString()));
        List<Double> temperatures = temperature.stream().toList();
        EvaluationReport measured = evaluate(version, run, served.weights(), temperatures, uses.toMeasure())
                .reports()
                .get(0);
        Evaluation.Outcome sheet = evaluate(version, run, served.weights(), temperatures, uses.toShow());
        ModelVersionWriter writer = new ModelVersionWriter(models.resolve(version.value()));
        Architecture architecture = run.settings().network();
        writer.write(
                ModelVersionFolder.NETWORK,
                file -> NetworkFile.write(file, architecture, serving.inputSize(), served.weights()));
        writer.write(
                ModelVersionFolder.ONNX_NETWORK,
                file -> OnnxExport.write(file, served.weights(), architecture, serving.inputSize(), version));
        writer.write(PriorFile.NAME, file -> PriorFile.write(file, run.prior()));
        writer.write("evaluation.json", measured::write);
        writer.write("contact-sheet.png", sheet.sheet()::write);
        writer.write(
                "MODEL_CARD.md",
                file -> Files.writeString(
                        file,
                        ModelCard.of(
                                run,
                                parent,
                                prepared,
                                settings,
                                data,
                                temperature,
                                uses.toMeasure().title(),
                                measured)));
        ModelManifest.Training training = new ModelManifest.Training(
                prepared.fingerprint(), settings, run.settings().seed(), parent, Origin.gitCommit());
        Head head = run.settings().variant().head();
        return writer.seal(files -> new ModelManifest(
                version,
                run.settings().architecture(),
                serving.inputSize(),
                PredictionKind.parse(head.wireName()),
                head == Head.BIN_DISTRIBUTION ? AbBins.COUNT : 0,
                temperature,
                files,
                training,
                Origin.environment(),
                measured.metrics(),
                clock.instant()));
    }

    /**
     * The version that such a training makes: who trains the same, makes the same (ADR 0011).
     *
     * @param dataFingerprint of the training photos
     */
    public ModelVersionId id(TrainingSettings settings, Optional<ModelVersionId> parent, String dataFingerprint) {
        String hash = Hashes.shortHash(
                dataFingerprint,
                hyperparameters(settings).toString(),
                parent.map(ModelVersionId::value).orElse(""));
        return new ModelVersionId(settings.architecture() + "-" + hash.substring(0, ID_DIGITS));
    }

    private Map<String, String> hyperparameters(TrainingSettings settings) {
        Map<String, String> texts = JSON.convertValue(settings, new TypeReference<TreeMap<String, String>>() {});
        texts.put("servingSize", Integer.toString(serving.inputSize()));
        if (settings.variant() == Variant.REBALANCED) {
            texts.put("rebalancing", serving.rebalancing().map(String::valueOf).orElse("chosen"));
        }
        return texts;
    }

    /**
     * A trained network as it will be served.
     *
     * @param temperature empty for a network that predicts colors themselves
     * @param rebalancing how much of it is kept; empty for a network that was trained without
     */
    private record Served(Weights weights, Optional<Double> temperature, Optional<Double> rebalancing) {}

    private Served served(ModelVersionId version, TrainingRun.Outcome run, Photos validation) throws IOException {
        TrainingSettings settings = run.settings();
        Weights trained = NetworkFile.read(run.network(), settings.network());
        if (settings.variant().head() != Head.BIN_DISTRIBUTION) {
            return new Served(trained, Optional.empty(), Optional.empty());
        }
        Photos some = someOf(validation);
        if (settings.variant() != Variant.REBALANCED) {
            return new Served(trained, Optional.of(bestTemperature(version, run, trained, some)), Optional.empty());
        }
        double temperature = bestTemperature(version, run, trained, some);
        double kept = serving.rebalancing().isPresent()
                ? serving.rebalancing().orElseThrow()
                : bestRebalancing(version, run, trained, temperature, some);
        Weights balanced = Balance.keeping(settings.network(), trained, settings.weights(run.prior()), kept);
        return new Served(balanced, Optional.of(temperature), Optional.of(kept));
    }

    private static Photos someOf(Photos validation) {
        return new Photos(
                validation.title(), validation.source(), EvenSample.of(validation.names(), MOST_PHOTOS_TO_CHOOSE_ON));
    }

    /** The temperature of the highest rebalanced AuC. */
    private double bestTemperature(ModelVersionId version, TrainingRun.Outcome run, Weights weights, Photos validation)
            throws IOException {
        List<EvaluationReport.Row> rows = evaluate(version, run, weights, TEMPERATURES, validation)
                .reports()
                .get(0)
                .network();
        int best = IntStream.range(0, rows.size())
                .boxed()
                .max(Comparator.comparingDouble(i -> rows.get(i).rebalancedAuc()))
                .orElseThrow();
        return TEMPERATURES.get(best);
    }

    /**
     * The share of the highest rebalanced AuC among those whose AuC is that of Gray or more; where there is none, that of
     * the highest AuC.
     */
    private double bestRebalancing(
            ModelVersionId version, TrainingRun.Outcome run, Weights trained, double temperature, Photos validation)
            throws IOException {
        TrainingSettings settings = run.settings();
        List<Tried> all = new ArrayList<>();
        for (double kept : REBALANCINGS) {
            Weights balanced = Balance.keeping(settings.network(), trained, settings.weights(run.prior()), kept);
            EvaluationReport report = evaluate(version, run, balanced, List.of(temperature), validation)
                    .reports()
                    .get(0);
            all.add(new Tried(kept, report.network().get(0), report.gray()));
        }
        Tried best = all.stream()
                .filter(Tried::isAboveGray)
                .max(Comparator.comparingDouble(tried -> tried.scores().rebalancedAuc()))
                .or(() -> all.stream()
                        .max(Comparator.comparingDouble(tried -> tried.scores().auc())))
                .orElseThrow();
        return best.kept();
    }

    /** A share of the rebalancing, and what the network scored with it beside Gray. */
    private record Tried(double kept, EvaluationReport.Row scores, EvaluationReport.Row gray) {
        boolean isAboveGray() {
            return scores.auc() >= gray.auc();
        }
    }

    private Evaluation.Outcome evaluate(
            ModelVersionId version, TrainingRun.Outcome run, Weights weights, List<Double> temperatures, Photos photos)
            throws IOException {
        try (Colorizer colorizer =
                Colorizer.of(Dl4jEngine.of(run.settings().network(), weights, serving.inputSize()))) {
            return Evaluation.run(
                    List.of(new Evaluation.Candidate(version.value(), colorizer, temperatures)),
                    new Evaluation.Measure(run.prior(), run.settings().seed(), Optional.empty()),
                    photos.source(),
                    photos.names(),
                    taken -> {});
        }
    }
}
