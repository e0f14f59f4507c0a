package dev.colorstream.trainer.publication;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.ModelVersionWriter;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.evaluation.Evaluation;
import dev.colorstream.trainer.evaluation.EvaluationReport;
import dev.colorstream.trainer.examples.PriorFile;
import dev.colorstream.trainer.training.TrainingRun;
import dev.colorstream.trainer.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
    private static final int MOST_PHOTOS_TO_CHOOSE_ON = 600;

    private final Path models;
    private final int servingSize;
    private final Clock clock;

    /**
     * Photos to show or to measure on.
     *
     * @param title what the model card calls them
     */
    public record Photos(String title, PhotoSource source, List<PhotoName> names) {}

    /**
     * @param models the folder that versions go into, each in a folder of its own
     * @param servingSize S that workers shall serve the network with
     */
    public VersionMaker(Path models, int servingSize, Clock clock) {
        this.models = models;
        this.servingSize = Architecture.requireInputSize(servingSize);
        this.clock = clock;
    }

    /**
     * Makes the version.
     *
     * @param parent the version that training started from
     * @param data what the model card calls the training photos
     * @param validation what the temperature is chosen on
     * @param test what the evaluation is measured on
     * @param shown what the contact sheet shows
     */
    public ModelVersionFolder make(
            TrainingRun.Outcome run,
            Optional<ModelVersionId> parent,
            PreparedPhotos prepared,
            String data,
            Photos validation,
            Photos test,
            Photos shown)
            throws IOException, InterruptedException {
        Map<String, String> settings = hyperparameters(run.settings());
        ModelVersionId version = id(run.settings(), parent, prepared.fingerprint());
        settings.put("chosenStep", Integer.toString(run.step()));
        Optional<Double> temperature = bestTemperature(version, run, validation);
        List<Double> served = temperature.stream().toList();
        EvaluationReport measured =
                evaluate(version, run, served, test).reports().get(0);
        Evaluation.Outcome sheet = evaluate(version, run, served, shown);
        ModelVersionWriter writer = new ModelVersionWriter(models.resolve(version.value()));
        writer.write(ModelVersionFolder.NETWORK, file -> Files.copy(run.network(), file));
        writer.write(
                ModelVersionFolder.ONNX_NETWORK,
                file -> OnnxExport.write(file, run.network(), run.settings().network(), servingSize, version));
        writer.write(PriorFile.NAME, file -> PriorFile.write(file, run.prior()));
        writer.write("evaluation.json", measured::write);
        writer.write("contact-sheet.png", sheet.sheet()::write);
        writer.write(
                "MODEL_CARD.md",
                file -> Files.writeString(
                        file, ModelCard.of(run, prepared, settings, data, temperature, test.title(), measured)));
        ModelManifest.Training training = new ModelManifest.Training(
                prepared.fingerprint(), settings, run.settings().seed(), parent, Origin.gitCommit());
        Head head = run.settings().variant().head();
        return writer.seal(files -> new ModelManifest(
                version,
                run.settings().architecture(),
                servingSize,
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
        texts.put("servingSize", Integer.toString(servingSize));
        return texts;
    }

    /** The temperature of the highest rebalanced AuC; empty for a network that predicts colors themselves. */
    private Optional<Double> bestTemperature(ModelVersionId version, TrainingRun.Outcome run, Photos validation)
            throws IOException {
        if (run.settings().variant().head() != Head.BIN_DISTRIBUTION) {
            return Optional.empty();
        }
        int step = 1 + validation.names().size() / MOST_PHOTOS_TO_CHOOSE_ON;
        List<PhotoName> some = IntStream.range(0, validation.names().size())
                .filter(i -> i % step == 0)
                .mapToObj(validation.names()::get)
                .toList();
        List<EvaluationReport.Row> rows = evaluate(
                        version, run, TEMPERATURES, new Photos(validation.title(), validation.source(), some))
                .reports()
                .get(0)
                .network();
        int best = IntStream.range(0, rows.size())
                .boxed()
                .max(Comparator.comparingDouble(i -> rows.get(i).rebalancedAuc()))
                .orElseThrow();
        return Optional.of(TEMPERATURES.get(best));
    }

    private Evaluation.Outcome evaluate(
            ModelVersionId version, TrainingRun.Outcome run, List<Double> temperatures, Photos photos)
            throws IOException {
        try (Colorizer colorizer =
                Colorizer.of(Dl4jEngine.open(run.network(), run.settings().network(), servingSize))) {
            return Evaluation.run(
                    List.of(new Evaluation.Candidate(version.value(), colorizer, temperatures)),
                    new Evaluation.Measure(run.prior(), run.settings().seed(), Optional.empty()),
                    photos.source(),
                    photos.names(),
                    taken -> {});
        }
    }
}
