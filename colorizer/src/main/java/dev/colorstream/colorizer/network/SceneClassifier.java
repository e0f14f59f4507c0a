package dev.colorstream.colorizer.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * A small network that tells scenes apart by shapes and colors. It judges colorized photos: how many of them it takes for
 * what they show, beside the real photos and the gray ones (Zhang et al. 2016, section 3.2, semantic interpretability).
 * Not safe from several threads.
 */
public final class SceneClassifier implements AutoCloseable {
    /** Side of the square photos that it sees. */
    public static final int SIZE = 64;

    private static final CNN2DFormat FORMAT = CNN2DFormat.NHWC;
    private static final int[] CHANNELS = {32, 64, 128, 192};
    private static final int COLORS = 3;
    private static final float MIDDLE = 127.5f;

    private final ComputationGraph graph;

    private SceneClassifier(ComputationGraph graph) {
        this.graph = graph;
    }

    /**
     * A classifier of random weights.
     *
     * @param scenes how many there are to tell apart, at least 2
     * @param learningRate the highest, reached after a tenth of the steps; it falls to 0 at the last
     * @param steps in all
     */
    public static SceneClassifier initialized(int scenes, double learningRate, int steps, long seed) {
        CpuBackend.load();
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(Adam.builder()
                        .learningRateSchedule(new WarmUpThenDecay(learningRate, steps / 10, steps))
                        .build())
                .weightInit(WeightInit.RELU)
                .activation(Activation.IDENTITY)
                .convolutionMode(ConvolutionMode.Truncate)
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
                .graphBuilder()
                .addInputs("rgb"); //                  3 x 64 x 64
        String last = "rgb";
        int width = COLORS;
        for (int out : CHANNELS) { //                192 x  4 x  4
            last = addHalving(graph, last, width, out);
            width = out;
        }
        graph.addLayer(
                        "mean",
                        new GlobalPoolingLayer.Builder(PoolingType.AVG)
                                .poolingDimensions(1, 2)
                                .build(),
                        last)
                .addLayer(
                        "scene",
                        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                                .nIn(width)
                                .nOut(scenes)
                                .activation(Activation.SOFTMAX)
                                .weightInit(WeightInit.XAVIER)
                                .build(),
                        "mean")
                .setOutputs("scene");
        graph.setInputTypes(InputType.convolutional(SIZE, SIZE, COLORS, FORMAT));
        ComputationGraph built = new ComputationGraph(graph.build());
        built.init();
        return new SceneClassifier(built);
    }

    private static String addHalving(GraphBuilder graph, String input, int in, int out) {
        String name = "conv" + out;
        graph.addLayer(
                        name,
                        new OneDnnConvolution(new ConvolutionLayer.Builder(3, 3)
                                .nIn(in)
                                .nOut(out)
                                .stride(2, 2)
                                .padding(1, 1)
                                .dataFormat(FORMAT)
                                .hasBias(true)),
                        input)
                .addLayer(
                        name + "_norm",
                        new BatchNormalization.Builder()
                                .nIn(out)
                                .nOut(out)
                                .decay(0.97)
                                .useLogStd(false)
                                .dataFormat(FORMAT)
                                .build(),
                        name)
                .addLayer(name + "_relu", new ActivationLayer(Activation.RELU), name + "_norm");
        return name + "_relu";
    }

    /**
     * Reads a classifier for use.
     *
     * @throws NetworkFileException where the file is none
     */
    public static SceneClassifier open(Path file) {
        CpuBackend.load();
        // Deeplearning4j answers a damaged file with exceptions of many kinds.
        try {
            return new SceneClassifier(SavedGraph.load(file, false));
        } catch (IOException | RuntimeException e) {
            throw new NetworkFileException(file + " is no scene classifier: " + e.getMessage(), e);
        }
    }

    /**
     * Takes one step.
     *
     * @param rgb photos x 64 x 64 x 3, row-major, each in [0,255]
     * @param scenes the index of each photo's scene
     * @return the loss before it: the mean cross entropy
     */
    public double fit(float[] rgb, int[] scenes) {
        int known = outputs();
        float[] targets = new float[scenes.length * known];
        for (int photo = 0; photo < scenes.length; photo++) {
            targets[photo * known + scenes[photo]] = 1;
        }
        try (INDArray input = input(rgb, scenes.length);
                INDArray labels = Nd4j.create(targets, new long[] {scenes.length, known}, 'c')) {
            graph.fit(new MultiDataSet(input, labels));
        }
        return graph.score();
    }

    /**
     * The most probable scene of each photo.
     *
     * @param rgb photos x 64 x 64 x 3, row-major, each in [0,255]
     */
    public int[] classify(float[] rgb, int photos) {
        try (INDArray input = input(rgb, photos);
                INDArray output = graph.outputSingle(false, input);
                INDArray most = output.argMax(1)) {
            return most.toIntVector();
        }
    }

    /** Writes it whole. */
    public void write(Path file) {
        try {
            graph.save(file.toFile(), false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the scene classifier " + file, e);
        }
    }

    private int outputs() {
        return (int) graph.getLayer("scene").getParam("b").length();
    }

    private static INDArray input(float[] rgb, int photos) {
        if (photos < 1 || rgb.length != photos * SIZE * SIZE * COLORS) {
            throw new IllegalArgumentException(
                    rgb.length + " values are not " + photos + " photos of " + SIZE + " x " + SIZE + " in RGB");
        }
        float[] centered = new float[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            centered[i] = rgb[i] / MIDDLE - 1;
        }
        return Nd4j.create(centered, new long[] {photos, SIZE, SIZE, COLORS}, 'c');
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        graph.close();
    }
}
