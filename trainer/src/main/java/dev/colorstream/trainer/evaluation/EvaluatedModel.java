package dev.colorstream.trainer.evaluation;

import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.contract.model.ManifestJson;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.trainer.training.TrainingRun;
import dev.colorstream.trainer.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network on disk to be evaluated: a model version's folder, or that of a training run, whose best network so far it
 * is then.
 *
 * @param name in the report
 * @param folder where it was found
 * @param inputSize S that it was trained for
 * @param temperature of the annealed mean that it is served with
 */
record EvaluatedModel(
        String name, Path folder, Path networkFile, Architecture architecture, int inputSize, double temperature) {
    static EvaluatedModel in(Path folder) throws IOException {
        Path manifestFile = folder.resolve(ModelManifest.FILE_NAME);
        if (Files.exists(manifestFile)) {
            ModelManifest manifest = ManifestJson.read(Files.readAllBytes(manifestFile));
            return new EvaluatedModel(
                    manifest.version().value(),
                    folder,
                    folder.resolve("network.zip"),
                    Architecture.named(manifest.architecture())
                            .predicting(Head.named(manifest.prediction().wireName())),
                    manifest.inputSize(),
                    manifest.temperature().orElse(Palette.DEFAULT.temperature()));
        }
        Path best = folder.resolve("best.zip");
        if (Files.exists(best)) {
            TrainingSettings settings = TrainingRun.settingsOf(folder);
            return new EvaluatedModel(
                    "training run " + folder.getFileName(),
                    folder,
                    best,
                    settings.network(),
                    settings.finalInputSize(),
                    Palette.DEFAULT.temperature());
        }
        throw new IOException(folder + " holds neither a model version (" + ModelManifest.FILE_NAME
                + ") nor a training run with a network (best.zip)");
    }

    InferenceEngine engine(int size) {
        return Dl4jEngine.open(networkFile, architecture, size);
    }
}
