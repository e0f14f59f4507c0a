package dev.colorstream.worker;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.TrainableNetwork;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.ModelVersionWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Model versions with real networks of random weights. */
final class Models {
    static final ModelVersionId VERSION = new ModelVersionId("untrained");
    private static final int INPUT_SIZE = 32;
    private static final TrainableNetwork.Plan PLAN = new TrainableNetwork.Plan(1e-3, 1, 2, 0, 0, 42);

    private Models() {}

    /** Writes a version into a folder below that directory. */
    static Path write(Path directory) {
        Architecture architecture = Architecture.named("eccv16-small");
        double[] uniform = new double[AbBins.COUNT];
        Arrays.fill(uniform, 1.0 / AbBins.COUNT);
        try (TrainableNetwork network = TrainableNetwork.initialized(architecture, INPUT_SIZE, PLAN, uniform)) {
            return write(directory, architecture, network, PredictionKind.BIN_DISTRIBUTION, AbBins.COUNT);
        }
    }

    /** Writes a version that predicts colors themselves, with global features, into a folder below that directory. */
    static Path writeFusion(Path directory) {
        Architecture architecture = Architecture.named("fusion-small");
        try (TrainableNetwork network = TrainableNetwork.initialized(architecture, INPUT_SIZE, PLAN, 3)) {
            return write(directory, architecture, network, PredictionKind.AB_PLANE, 0);
        }
    }

    private static Path write(
            Path directory, Architecture architecture, TrainableNetwork network, PredictionKind kind, int bins) {
        Path folder = directory.resolve(VERSION.value());
        ModelVersionWriter writer = new ModelVersionWriter(folder);
        writer.write(
                ModelVersionFolder.NETWORK,
                file -> NetworkFile.write(file, architecture, INPUT_SIZE, network.averagedWeights()));
        writer.seal(files -> new ModelManifest(
                VERSION,
                architecture.name(),
                INPUT_SIZE,
                kind,
                bins,
                files,
                new ModelManifest.Training("none", Map.of(), 42, Optional.empty(), "unknown"),
                new ModelManifest.Environment("17", "Linux", "amd64"),
                Map.of(),
                Instant.EPOCH));
        return folder;
    }
}
