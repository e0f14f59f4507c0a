package dev.colorstream.worker.modelversion;

import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.CpuBackend;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.NoNetwork;
import dev.colorstream.colorizer.network.OnnxRuntimeEngine;
import dev.colorstream.colorizer.network.UnsupportedCpuException;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import dev.colorstream.contract.model.RefusalReason;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.worker.configuration.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs the networks of this worker, whatever the version.
 *
 * @param wanted the engine that is set
 * @param pass how long a pass takes where there is no network
 */
public record EngineChoice(Engine wanted, Duration pass) {
    private static final Logger LOG = LoggerFactory.getLogger(EngineChoice.class);

    /** What opening a version's network gives. */
    sealed interface Outcome permits Engines, Unfit {}

    /**
     * Engines on one network.
     *
     * @param lanes one for each pass that runs at once; the receiver closes them
     */
    record Engines(List<InferenceEngine> lanes) implements Outcome {}

    /** The manifest names what this worker cannot serve. */
    record Unfit(RefusalReason reason, String detail) implements Outcome {}

    /**
     * Opens a version's network.
     *
     * @throws dev.colorstream.colorizer.network.NetworkFileException where its file is none
     * @throws UnsupportedCpuException where the engine cannot run on this machine
     */
    Outcome open(ModelVersionFolder folder, int lanes) {
        ModelManifest manifest = folder.manifest();
        Architecture architecture;
        try {
            architecture = Architecture.named(manifest.architecture())
                    .predicting(Head.named(manifest.prediction().wireName()));
            Architecture.requireInputSize(manifest.inputSize());
        } catch (IllegalArgumentException e) {
            return new Unfit(
                    RefusalReason.UNKNOWN_ARCHITECTURE, "this worker cannot build its network: " + e.getMessage());
        }
        if (manifest.prediction() == PredictionKind.BIN_DISTRIBUTION
                && manifest.bins() != Head.BIN_DISTRIBUTION.channels()) {
            return new Unfit(
                    RefusalReason.WRONG_BINS,
                    "its manifest tells " + manifest.bins() + " bins, there are " + Head.BIN_DISTRIBUTION.channels());
        }
        if (wanted == Engine.NONE) {
            return opened(lanes, () -> new NoNetwork(manifest.inputSize(), pass.toMillis()));
        }
        boolean onCard = wanted != Engine.DL4J && OnnxRuntimeEngine.isOnCard();
        if (wanted == Engine.DL4J || (wanted == Engine.AUTO && !onCard && canRunDeeplearning4j())) {
            Weights weights = NetworkFile.read(folder.file(ModelVersionFolder.NETWORK), architecture);
            return opened(lanes, () -> Dl4jEngine.of(architecture, weights, manifest.inputSize()));
        }
        if (!folder.has(ModelVersionFolder.ONNX_NETWORK)) {
            return new Unfit(
                    RefusalReason.UNKNOWN_ARCHITECTURE,
                    folder.folder() + " has no " + ModelVersionFolder.ONNX_NETWORK + ", which the engine "
                            + Engine.ONNX_RUNTIME.configName()
                            + " serves. Mend it with: colorstream export-onnx --model "
                            + folder.folder());
        }
        return opened(
                lanes,
                () -> OnnxRuntimeEngine.open(folder.file(ModelVersionFolder.ONNX_NETWORK), manifest.inputSize()));
    }

    private static Engines opened(int lanes, Supplier<InferenceEngine> engine) {
        List<InferenceEngine> engines = new ArrayList<>();
        try {
            for (int lane = 0; lane < lanes; lane++) {
                engines.add(engine.get());
            }
            return new Engines(engines);
        } catch (RuntimeException | Error e) {
            engines.forEach(InferenceEngine::close);
            throw e;
        }
    }

    private static boolean canRunDeeplearning4j() {
        try {
            CpuBackend.load();
            return true;
        } catch (UnsupportedCpuException e) {
            LOG.warn("Deeplearning4j cannot run here, ONNX Runtime serves instead: {}", e.getMessage());
            return false;
        }
    }
}
