package dev.colorstream.qa.benchmarks;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.OneDnnConvolution;
import dev.colorstream.colorizer.network.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * One training step, forward, backward and update, on random data: with our convolution layer, and the same graph with
 * Deeplearning4j's own. Set OMP_NUM_THREADS to the threads of a step.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 10)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Dorg.eclipse.deeplearning4j.helpers.disable=false", "-Xmx2g"})
public class TrainingBenchmark {
    /** Name of the network. */
    @Param("eccv16-small")
    public String architecture = "";

    /** Whose convolution layers. */
    @Param({"ours", "stock"})
    public String layers = "";

    /** Photos of a step. */
    @Param("64")
    public int batch;

    /** Side of a photo's crop. */
    @Param("64")
    public int size;

    private @Nullable ComputationGraph graph;
    private @Nullable MultiDataSet data;

    /** Makes the network and the data. */
    @Setup
    public void setUp() throws IOException {
        double[] even = new double[AbBins.COUNT];
        Arrays.fill(even, 1.0 / AbBins.COUNT);
        ComputationGraph trained = trainedGraph(even);
        if (layers.equals("stock")) {
            String ours = trained.getConfiguration().toJson();
            String stock = ours.replace(OneDnnConvolution.class.getName(), ConvolutionLayer.class.getName());
            trained.close();
            trained = new ComputationGraph(ComputationGraphConfiguration.fromJson(stock));
            trained.init();
        }
        graph = trained;
        Random random = new Random(1);
        int cells = batch * (size / Architecture.REDUCTION) * (size / Architecture.REDUCTION);
        float[] luminance = new float[batch * size * size];
        for (int i = 0; i < luminance.length; i++) {
            luminance[i] = random.nextFloat() * 2 - 1;
        }
        float[] targets = new float[cells * AbBins.COUNT];
        for (int cell = 0; cell < cells; cell++) {
            targets[cell * AbBins.COUNT + random.nextInt(AbBins.COUNT)] = 1;
        }
        data = new MultiDataSet(
                Nd4j.create(luminance, new long[] {batch, size, size, 1}, 'c'),
                Nd4j.create(targets, new long[] {cells, AbBins.COUNT}, 'c'));
    }

    /** The graph that training runs, by way of its checkpoint. */
    private ComputationGraph trainedGraph(double[] even) throws IOException {
        Path folder = Files.createTempDirectory("colorstream-training-");
        var plan = new TrainableNetwork.Plan(0.002, 100, 1_000_000, 0.02, 0, 1);
        try (TrainableNetwork network =
                TrainableNetwork.initialized(Architecture.named(architecture), size, plan, even)) {
            network.saveCheckpoint(folder);
        }
        ComputationGraph trained =
                ComputationGraph.load(folder.resolve("training.zip").toFile(), true);
        FileUtils.deleteDirectory(folder.toFile());
        return trained;
    }

    /** One step. */
    @Benchmark
    public double step() {
        ComputationGraph network = Objects.requireNonNull(graph);
        network.fit(Objects.requireNonNull(data));
        return network.score();
    }
}
