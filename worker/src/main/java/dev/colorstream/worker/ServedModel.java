package dev.colorstream.worker;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.CpuBackend;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.EngineLanes;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
     * @param lanes passes that run at once
     * @throws StartRefusedException where the folder holds no version that this worker can serve
     */
    static ServedModel load(Path folder, Engine engine, int lanes, int largestBatch) {
        FolderOutcome outcome = ModelVersionFolder.open(folder);
        if (outcome instanceof Refused refused) {
            throw new StartRefusedException(StartRefusedException.MODEL, "Model refused: " + refused.reason(), null);
        }
        ModelVersionFolder model = ((Opened) outcome).version();
        try {
            Architecture architecture = Architecture.named(model.manifest().architecture())
                    .predicting(Head.named(model.manifest().prediction().wireName()));
            int inputSize = Architecture.requireInputSize(model.manifest().inputSize());
            List<InferenceEngine> engines = new ArrayList<>();
            try {
                for (int lane = 0; lane < lanes; lane++) {
                    engines.add(open(model, architecture, inputSize, engine));
                }
                warmUp(engines, largestBatch);
            } catch (RuntimeException e) {
                engines.forEach(InferenceEngine::close);
                throw e;
            }
            return new ServedModel(model.manifest().version(), Colorizer.of(new EngineLanes(engines)));
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

    /** On threads that end: one that has run a pass keeps native memory for its next. */
    private static void warmUp(List<InferenceEngine> engines, int largestBatch) {
        ExecutorService threads = Executors.newFixedThreadPool(engines.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (InferenceEngine engine : engines) {
                running.add(threads.submit(() -> warmUp(engine, largestBatch)));
            }
            for (Future<?> lane : running) {
                lane.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalArgumentException("its first pass failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the network warmed up", e);
        } finally {
            threads.shutdown();
        }
    }

    private static void warmUp(InferenceEngine engine, int largestBatch) {
        int pixels = engine.inputSize() * engine.inputSize();
        for (int size = 1; size <= largestBatch; size++) {
            engine.predict(new float[size * pixels], size);
        }
    }

    @Override
    public void close() {
        colorizer.close();
    }
}
