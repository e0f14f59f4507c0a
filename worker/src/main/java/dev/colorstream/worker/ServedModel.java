package dev.colorstream.worker;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.NetworkFileException;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.FolderOutcome.Refused;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * The model version that colors, loaded and warm.
 *
 * @param colorizer closed with this
 */
record ServedModel(ModelVersionId version, Colorizer colorizer) implements AutoCloseable {

    /**
     * Loads a version and runs it once with each size of batch, so that no photo waits for that.
     *
     * @throws StartRefusedException where the folder holds no version that this worker can serve
     */
    static ServedModel load(Path folder, int largestBatch) {
        FolderOutcome outcome = ModelVersionFolder.open(folder);
        if (outcome instanceof Refused refused) {
            throw new StartRefusedException(StartRefusedException.MODEL, "Model refused: " + refused.reason(), null);
        }
        ModelVersionFolder model = ((Opened) outcome).version();
        try {
            Architecture architecture = Architecture.named(model.manifest().architecture())
                    .predicting(Head.named(model.manifest().prediction().wireName()));
            int inputSize = Architecture.requireInputSize(model.manifest().inputSize());
            Colorizer colorizer =
                    Colorizer.of(Dl4jEngine.open(model.file(ModelVersionFolder.NETWORK), architecture, inputSize));
            warmUp(colorizer, largestBatch);
            return new ServedModel(model.manifest().version(), colorizer);
        } catch (IllegalArgumentException | NetworkFileException e) {
            throw new StartRefusedException(
                    StartRefusedException.MODEL, "Model refused: " + folder + ": " + e.getMessage(), e);
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
