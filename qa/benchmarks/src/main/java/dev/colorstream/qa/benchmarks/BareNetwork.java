package dev.colorstream.qa.benchmarks;

import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.EngineLanes;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.PassThreads;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The network alone, in a process with the worker's flags: full batches on each of its lanes, with nothing before or behind
 * them. Prints {@code READY lanes=... rate=...}, the rate in photos a second.
 */
public final class BareNetwork {
    private static final int WARM_UP_BATCHES = 100;
    /** Behind which no further batch of the warm-up begins: the paper's full network takes a second for each photo. */
    private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(30);

    private static final float GRAY = 50;

    private BareNetwork() {}

    /** Arguments: the model version's folder, photos a batch, photos in all. */
    public static void main(String[] arguments) throws InterruptedException {
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
        int lanes = PassThreads.passesAtOnce(System.getenv().getOrDefault(PassThreads.VARIABLE, ""));
        List<Dl4jEngine> engines = Stream.generate(
                        () -> Dl4jEngine.open(opened.version().file(ModelVersionFolder.NETWORK), architecture, size))
                .limit(lanes)
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        try (EngineLanes network = new EngineLanes(engines)) {
            // Their predictions are dropped at once, as in a worker.
            Callable<Integer> pass = () -> network.predict(luminance, batch).size();
            long warm = System.nanoTime() + WARM_UP_LIMIT.toNanos();
            Callable<Integer> warmUp = () -> System.nanoTime() < warm ? pass.call() : 0;
            threads.invokeAll(Collections.nCopies(WARM_UP_BATCHES * lanes, warmUp));
            long start = System.nanoTime();
            threads.invokeAll(Collections.nCopies(batches, pass));
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.println("READY lanes=" + lanes + " rate=" + batches * batch / seconds);
        } finally {
            threads.shutdown();
        }
    }
}
