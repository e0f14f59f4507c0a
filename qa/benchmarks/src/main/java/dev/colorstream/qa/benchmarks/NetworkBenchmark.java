package dev.colorstream.qa.benchmarks;

import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.Prediction;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One pass of a model version's network: the time of a batch. Set OMP_NUM_THREADS as the worker does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Dorg.eclipse.deeplearning4j.helpers.disable=false")
public class NetworkBenchmark {
    private static final float GRAY = 50;

    /** Folder of the model version. */
    @Param("")
    public String model = "";

    /** Photos of a batch. */
    @Param({"1", "4", "8", "16", "32"})
    public int batch;

    private float[] luminance = new float[0];
    private @Nullable InferenceEngine engine;

    /** Opens the network. */
    @Setup
    public void setUp() {
        if (!(ModelVersionFolder.open(Path.of(model)) instanceof FolderOutcome.Opened opened)) {
            throw new IllegalArgumentException("'" + model + "' holds no model version; name one by -p model=FOLDER");
        }
        ModelManifest manifest = opened.version().manifest();
        int size = manifest.inputSize();
        luminance = new float[batch * size * size];
        Arrays.fill(luminance, GRAY);
        engine = Dl4jEngine.open(
                opened.version().file(ModelVersionFolder.NETWORK), Architecture.named(manifest.architecture()), size);
    }

    /** One pass. */
    @Benchmark
    public List<Prediction> predict() {
        if (engine == null) {
            throw new IllegalStateException("not set up");
        }
        return engine.predict(luminance, batch);
    }

    /** Closes the network. */
    @TearDown
    public void tearDown() {
        if (engine != null) {
            engine.close();
        }
    }
}
