package dev.colorstream.worker;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.CpuBackend;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.NetworkFileException;
import dev.colorstream.colorizer.network.OnnxRuntimeEngine;
import dev.colorstream.colorizer.network.UnsupportedCpuException;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.FolderOutcome.Refused;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.worker.configuration.Engine;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model version that colors, loaded and warm.
 *
 * @param colorizer closed with this
 */
record ServedModel(ModelVersionId version, Colorizer colorizer) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedModel.class);

    /**
     * Loads a version and runs it once with each size of batch, so that no photo waits for that.
     *
     * @throws StartRefusedException where the folder holds no version that this worker can serve
     */
    static ServedModel load(Path folder, Engine engine, int largestBatch) {
        FolderOutcome outcome = ModelVersionFolder.open(folder);
        if (outcome instanceof Refused refused) {
            throw new StartRefusedException(StartRefusedException.MODEL, "Model refused: " + refused.reason(), null);
        }
        ModelVersionFolder model = ((Opened) outcome).version();
        try {
            Architecture architecture = Architecture.named(model.manifest().architecture())
                    .predicting(Head.named(model.manifest().prediction().wireName()));
            int inputSize = Architecture.requireInputSize(model.manifest().inputSize());
            Colorizer colorizer = Colorizer.of(open(model, architecture, inputSize, engine));
            warmUp(colorizer, largestBatch);
            return new ServedModel(model.manifest().version(), colorizer);
        } catch (IllegalArgumentException | NetworkFileException | UnsupportedCpuException e) {
            throw new StartRefusedException(
                    StartRefusedException.MODEL, "Model refused: " + folder + ": " + e.getMessage(), e);
        }
    }

    private static InferenceEngine open(
            ModelVersionFolder model, Architecture architecture, int inputSize, Engine wanted) {
        if (wanted == Engine.DL4J || (wanted == Engine.AUTO && canRunDeeplearning4j())) {
            return Dl4jEngine.open(model.file(ModelVersionFolder.NETWORK), architecture, inputSize);
        }
        if (!model.has(ModelVersionFolder.ONNX_NETWORK)) {
            throw new StartRefusedException(
                    StartRefusedException.MODEL,
                    "Model refused: " + model.folder() + " has no " + ModelVersionFolder.ONNX_NETWORK
                            + ", which the engine " + Engine.ONNX_RUNTIME.configName()
                            + " serves. Mend it with: colorstream export-onnx --model " + model.folder(),
                    null);
        }
        return OnnxRuntimeEngine.open(model.file(ModelVersionFolder.ONNX_NETWORK), inputSize);
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

    private static void warmUp(Colorizer colorizer, int largestBatch) {
        float[] gray = new float[colorizer.inputSize() * colorizer.inputSize()];
        for (int size = 1; size <= largestBatch; size++) {
            List<float[]> batch = Collections.nCopies(size, gray);
            colorizer.predict(batch);
        }
    }

    @Override
    public void close() {
        colorizer.close();
    }
}
