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
import dev.colorstream.trainer.examples.PriorFile;
import dev.colorstream.trainer.training.TrainingRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes a model version of a finished training run: evaluates its best network and writes the version's folder. */
public final class VersionMaker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ID_BYTES = 4;

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
     * Makes the version. The same photos and settings make the same version id.
     *
     * @param data what the model card calls the training photos
     * @param test what the evaluation is measured on
     * @param shown what the contact sheet shows
     */
    public ModelVersionFolder make(
            TrainingRun.Outcome run, PreparedPhotos prepared, String data, Photos test, Photos shown)
            throws IOException, InterruptedException {
        Map<String, String> settings = hyperparameters(run);
        ModelVersionId version = new ModelVersionId(run.settings().architecture() + "-"
                + HexFormat.of()
                        .formatHex(
                                Hashes.sha256()
                                        .digest((prepared.fingerprint() + settings).getBytes(StandardCharsets.UTF_8)),
                                0,
                                ID_BYTES));
        Evaluation.Outcome measured = evaluate(version, run, test);
        Evaluation.Outcome sheet = evaluate(version, run, shown);
        ModelVersionWriter writer = new ModelVersionWriter(models.resolve(version.value()));
        writer.write(ModelVersionFolder.NETWORK, file -> Files.copy(run.network(), file));
        writer.write(
                ModelVersionFolder.ONNX_NETWORK,
                file -> OnnxExport.write(file, run.network(), run.settings().network(), servingSize, version));
        writer.write(PriorFile.NAME, file -> PriorFile.write(file, run.prior()));
        writer.write("evaluation.json", measured.report()::write);
        writer.write("contact-sheet.png", sheet.sheet()::write);
        writer.write(
                "MODEL_CARD.md",
                file -> Files.writeString(
                        file, ModelCard.of(run, prepared, settings, data, test.title(), measured.report())));
        ModelManifest.Training training = new ModelManifest.Training(
                prepared.fingerprint(), settings, run.settings().seed(), Optional.empty(), Origin.gitCommit());
        Head head = run.settings().variant().head();
        return writer.seal(files -> new ModelManifest(
                version,
                run.settings().architecture(),
                servingSize,
                PredictionKind.parse(head.wireName()),
                head == Head.BIN_DISTRIBUTION ? AbBins.COUNT : 0,
                files,
                training,
                Origin.environment(),
                measured.report().metrics(),
                clock.instant()));
    }

    private Map<String, String> hyperparameters(TrainingRun.Outcome run) {
        Map<String, String> settings =
                JSON.convertValue(run.settings(), new TypeReference<TreeMap<String, String>>() {});
        settings.put("servingSize", Integer.toString(servingSize));
        settings.put("chosenStep", Integer.toString(run.step()));
        return settings;
    }

    private Evaluation.Outcome evaluate(ModelVersionId version, TrainingRun.Outcome run, Photos photos)
            throws IOException {
        try (Colorizer colorizer =
                Colorizer.of(Dl4jEngine.open(run.network(), run.settings().network(), servingSize))) {
            return Evaluation.run(
                    version.value(),
                    colorizer,
                    new Evaluation.Measure(
                            run.prior(),
                            run.settings().variant().head() == Head.BIN_DISTRIBUTION
                                    ? List.of(Palette.DEFAULT.temperature())
                                    : List.of(),
                            run.settings().seed(),
                            Optional.empty()),
                    photos.source(),
                    photos.names(),
                    taken -> {});
        }
    }
}
