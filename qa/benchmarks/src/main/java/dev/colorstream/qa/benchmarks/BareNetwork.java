package dev.colorstream.qa.benchmarks;

import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The network alone, in a process with the worker's flags: full batches one after another, with nothing before or behind
 * them. Prints {@code READY rate=...} in photos a second.
 */
public final class BareNetwork {
    private static final int WARM_UP_BATCHES = 10;
    private static final float GRAY = 50;

    private BareNetwork() {}

    /** Arguments: the model version's folder, photos a batch, photos in all. */
    public static void main(String[] arguments) {
        if (!(ModelVersionFolder.open(Path.of(arguments[0])) instanceof FolderOutcome.Opened opened)) {
            throw new IllegalArgumentException(arguments[0] + " holds no model version");
        }
        int batch = Integer.parseInt(arguments[1]);
        int batches = Math.max(1, Integer.parseInt(arguments[2]) / batch);
        ModelManifest manifest = opened.version().manifest();
        int size = manifest.inputSize();
        float[] luminance = new float[batch * size * size];
        Arrays.fill(luminance, GRAY);
        Architecture architecture = Architecture.named(manifest.architecture())
                .predicting(Head.named(manifest.prediction().wireName()));
        try (Dl4jEngine engine =
                Dl4jEngine.open(opened.version().file(ModelVersionFolder.NETWORK), architecture, size)) {
            for (int i = 0; i < WARM_UP_BATCHES; i++) {
                engine.predict(luminance, batch);
            }
            long start = System.nanoTime();
            for (int i = 0; i < batches; i++) {
                engine.predict(luminance, batch);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.println("READY rate=" + batches * batch / seconds);
        }
    }
}
