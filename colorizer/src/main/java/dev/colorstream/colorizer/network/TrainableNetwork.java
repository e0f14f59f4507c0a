package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.abbins.AbBins;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A network in training: Adam with a linear warm-up and a linear decay of the learning rate to zero, decoupled weight
 * decay, and an exponential moving average of the weights, which is what is evaluated and served. Not safe from several
 * threads.
 */
public final class TrainableNetwork implements AutoCloseable {
    /** Share of the scenes in the loss: alpha of Iizuka et al. 2016. */
    public static final double SCENE_WEIGHT = 1.0 / 300;

    private static final String GRAPH_FILE = "training.zip";
    private static final String AVERAGE_FILE = "average.bin";
    private static final double ADAM_BETA_1 = 0.9;
    private static final double ADAM_BETA_2 = 0.99;

    private final Architecture architecture;
    private final ComputationGraph graph;
    private final INDArray average;
    private final double averageDecay;

    /**
     * How a network is trained; recorded in its manifest.
     *
     * @param learningRate the highest, reached after the warm-up
     * @param warmUpSteps steps from 0 to the highest rate
     * @param totalSteps steps until the rate is 0 again
     * @param weightDecay share of a weight that a step takes away, times the learning rate
     * @param averageDecay the moving average's memory, in [0,1): 0 is no average
     */
    public record Plan(
            double learningRate, int warmUpSteps, int totalSteps, double weightDecay, double averageDecay, long seed) {}

    private TrainableNetwork(Architecture architecture, ComputationGraph graph, INDArray average, double averageDecay) {
        this.architecture = architecture;
        this.graph = graph;
        this.average = average;
        this.averageDecay = averageDecay;
    }

    /**
     * A network of random weights (He et al. 2015) that knows only how often each bin occurs.
     *
     * @param binProbabilities 313 values > 0: what the network shall predict before it has learned
     */
    public static TrainableNetwork initialized(
            Architecture architecture, int inputSize, Plan plan, double[] binProbabilities) {
        if (architecture.head() != Head.BIN_DISTRIBUTION) {
            throw new IllegalArgumentException(architecture.name() + " predicts no distribution over bins");
        }
        ComputationGraph graph = graph(architecture, inputSize, plan, 0);
        float[] bias = new float[AbBins.COUNT];
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            bias[bin] = (float) Math.log(binProbabilities[bin]);
        }
        INDArray stored = graph.getLayer("logits").getParam("b");
        stored.assign(Nd4j.createFromArray(bias).reshape(stored.shape()));
        return new TrainableNetwork(architecture, graph, graph.params().dup(), plan.averageDecay());
    }

    /**
     * A network of random weights (He et al. 2015) that predicts colors themselves.
     *
     * @param scenes how many scenes it learns beside the colors; 0 for none, else the architecture must have global
     *     features
     */
    public static TrainableNetwork initialized(Architecture architecture, int inputSize, Plan plan, int scenes) {
        if (scenes > 0 && !architecture.learnsScenes()) {
            throw new IllegalArgumentException(architecture.name() + " has no global features to learn scenes from");
        }
        ComputationGraph graph = graph(architecture, inputSize, plan, scenes);
        return new TrainableNetwork(architecture, graph, graph.params().dup(), plan.averageDecay());
    }

    /** A network that goes on from another's weights with a new plan; it learns no scenes. */
    public static TrainableNetwork startingFrom(Architecture architecture, int inputSize, Plan plan, Weights weights) {
        ComputationGraph graph = graph(architecture, inputSize, plan, 0);
        Dl4jGraph.assign(architecture, weights, graph);
        return new TrainableNetwork(architecture, graph, graph.params().dup(), plan.averageDecay());
    }

    /**
     * A network that goes on where {@link #saveCheckpoint} left it, step, learning rate and moments included.
     *
     * @throws NetworkFileException where the folder holds no whole checkpoint
     */
    public static TrainableNetwork resumed(Architecture architecture, Plan plan, Path folder) {
        CpuBackend.load();
        Path average = folder.resolve(AVERAGE_FILE);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(average)))) {
            ComputationGraph graph = SavedGraph.load(folder.resolve(GRAPH_FILE), true);
            float[] values = new float[in.readInt()];
            if (values.length != graph.numParams()) {
                throw new NetworkFileException(
                        NetworkFileException.Fault.UNREADABLE,
                        average + " has " + values.length + " values, not " + graph.numParams());
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readFloat();
            }
            INDArray averaged =
                    Nd4j.createFromArray(values).reshape(graph.params().shape());
            return new TrainableNetwork(architecture, graph, averaged, plan.averageDecay());
        } catch (IOException e) {
            throw new NetworkFileException("cannot resume from " + folder + ": " + e.getMessage(), e);
        }
    }

    private static ComputationGraph graph(Architecture architecture, int inputSize, Plan plan, int scenes) {
        Adam adam = Adam.builder()
                .learningRateSchedule(new WarmUpThenDecay(plan.learningRate(), plan.warmUpSteps(), plan.totalSteps()))
                .beta1(ADAM_BETA_1)
                .beta2(ADAM_BETA_2)
                .build();
        return Dl4jGraph.training(
                architecture, inputSize, adam, plan.weightDecay(), plan.seed(), DataType.FLOAT, scenes);
    }

    /** How many steps have been taken. */
    public int step() {
        return graph.getIterationCount();
    }

    /**
     * Takes one step.
     *
     * @return the loss before it: the mean over all cells of the weighted cross entropy or squared error, and where scenes
     *     are learned {@link #SCENE_WEIGHT} times the photos' mean cross entropy of them
     */
    public double fit(TrainingBatch batch) {
        int photos = batch.photos();
        int size = batch.size();
        float[] centered = new float[batch.luminance().length];
        for (int i = 0; i < centered.length; i++) {
            centered[i] = LuminanceCentering.center(batch.luminance()[i]);
        }
        // Deeplearning4j's score includes the weight decay's share.
        double decayShareOfScore = graph.calcRegularizationScore(true);
        int cells = batch.cells();
        int values = architecture.head().targetValues();
        if (batch.targets().length != cells * values) {
            throw new IllegalArgumentException(
                    batch.targets().length + " target values are not " + cells + " cells of " + values);
        }
        try (INDArray input = Nd4j.create(centered, new long[] {photos, size, size, 1}, 'c');
                INDArray targets = Nd4j.create(batch.targets(), new long[] {cells, values}, 'c')) {
            int scenes = Dl4jGraph.scenesOf(graph);
            if (scenes == 0) {
                graph.fit(new MultiDataSet(input, targets));
            } else {
                try (INDArray sceneTargets =
                        Nd4j.create(sceneTargets(batch, scenes), new long[] {cells, scenes}, 'c')) {
                    graph.fit(new MultiDataSet(new INDArray[] {input}, new INDArray[] {targets, sceneTargets}));
                }
            }
        }
        // Early on the average follows closely, or it would remember the random start.
        double memory = Math.min(averageDecay, (1.0 + step()) / (10.0 + step()));
        average.muli(memory).addi(graph.params().mul(1 - memory));
        return graph.score() - decayShareOfScore;
    }

    /** A row a cell: {@link #SCENE_WEIGHT} at the photo's scene. */
    static float[] sceneTargets(TrainingBatch batch, int scenes) {
        int cellsOfPhoto = batch.cells() / batch.photos();
        float[] targets = new float[batch.cells() * scenes];
        for (int cell = 0; cell < batch.cells(); cell++) {
            int scene = batch.scenes()[cell / cellsOfPhoto];
            if (scene < 0 || scene >= scenes) {
                throw new IllegalArgumentException("scene " + scene + " is none of the network's " + scenes);
            }
            targets[cell * scenes + scene] = (float) SCENE_WEIGHT;
        }
        return targets;
    }

    /** A copy of the averaged weights; those of the class branch are left out. */
    public Weights averagedWeights() {
        try (INDArray current = graph.params().dup()) {
            graph.params().assign(average);
            Weights weights = Dl4jGraph.weightsOf(architecture, graph);
            graph.params().assign(current);
            return weights;
        }
    }

    /** Writes all that {@link #resumed} needs into a folder, which must exist. */
    public void saveCheckpoint(Path folder) {
        Path file = folder.resolve(AVERAGE_FILE);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            graph.save(folder.resolve(GRAPH_FILE).toFile(), true);
            float[] values = average.dup('c').data().asFloat();
            out.writeInt(values.length);
            for (float value : values) {
                out.writeFloat(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the checkpoint " + folder, e);
        }
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        average.close();
        graph.close();
    }
}
