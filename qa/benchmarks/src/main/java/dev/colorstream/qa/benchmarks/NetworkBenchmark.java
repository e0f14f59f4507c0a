package dev.colorstream.qa.benchmarks;

import ai.onnxruntime.OrtException;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.OnnxRuntimeEngine;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
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

/**
 * One pass of a model version's network: the time of a batch, by the engines that workers have and by ONNX Runtime without any
 * code of ours. Set OMP_NUM_THREADS to the threads of a pass.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Dorg.eclipse.deeplearning4j.helpers.disable=false")
public class NetworkBenchmark {
    private static final float GRAY = 50;

    /** Folder of the model version. */
    @Param("")
    public String model = "";

    /** What runs the network: {@code dl4j}, {@code onnxruntime} or {@code bare-onnxruntime}. */
    @Param({"dl4j", "onnxruntime", "bare-onnxruntime"})
    public String engine = "";

    /** Photos of a batch. */
    @Param({"1", "4", "8", "16", "32"})
    public int batch;

    private float[] luminance = new float[0];
    private @Nullable InferenceEngine network;
    private @Nullable BareOnnxRuntime bare;

    /** Opens the network. */
    @Setup
    public void setUp() throws OrtException {
        if (!(ModelVersionFolder.open(Path.of(model)) instanceof FolderOutcome.Opened opened)) {
            throw new IllegalArgumentException("'" + model + "' holds no model version; name one by -p model=FOLDER");
        }
        ModelManifest manifest = opened.version().manifest();
        int size = manifest.inputSize();
        luminance = new float[batch * size * size];
        Arrays.fill(luminance, GRAY);
        Path onnx = opened.version().file(ModelVersionFolder.ONNX_NETWORK);
        switch (engine) {
            case "dl4j" ->
                network = Dl4jEngine.open(
                        opened.version().file(ModelVersionFolder.NETWORK),
                        Architecture.named(manifest.architecture()),
                        size);
            case "onnxruntime" -> network = OnnxRuntimeEngine.open(onnx, size);
            case "bare-onnxruntime" -> bare = new BareOnnxRuntime(onnx, size);
            default -> throw new IllegalArgumentException("there is no engine " + engine);
        }
    }

    /** One pass. */
    @Benchmark
    public Object predict() throws OrtException {
        return network == null
                ? Objects.requireNonNull(bare).predict(luminance, batch)
                : network.predict(luminance, batch);
    }

    /** Closes the network. */
    @TearDown
    public void tearDown() throws OrtException {
        if (network != null) {
            network.close();
        }
        if (bare != null) {
            bare.close();
        }
    }
}
