package dev.colorstream.colorizer.network;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Serves a network by Deeplearning4j: batch normalization folded, convolutions by oneDNN, one pass at a time. */
public final class Dl4jEngine implements InferenceEngine {
    private final ComputationGraph graph;
    private final Head head;
    private final int inputSize;
    private boolean closed;

    private Dl4jEngine(ComputationGraph graph, Head head, int inputSize) {
        this.graph = graph;
        this.head = head;
        this.inputSize = inputSize;
    }

    /**
     * Opens a network file for serving.
     *
     * @param inputSize S, a multiple of {@link Architecture#SIZE_STEP}
     * @throws NetworkFileException where the file is no network of this architecture
     */
    public static Dl4jEngine open(Path networkFile, Architecture architecture, int inputSize) {
        return of(architecture, NetworkFile.read(networkFile, architecture), inputSize);
    }

    /** Serves weights that are in memory already, as {@link NetworkFile#read} gives them; they are copied. */
    public static Dl4jEngine of(Architecture architecture, Weights weights, int inputSize) {
        FoldedNetwork folded = FoldedNetwork.of(architecture, weights);
        ComputationGraph graph = Dl4jGraph.serving(folded.architecture(), inputSize);
        Dl4jGraph.assign(folded.architecture(), folded.weights(), graph);
        return new Dl4jEngine(graph, architecture.head(), inputSize);
    }

    /** Serves the same weights by Deeplearning4j's own layers, unfolded: the reference that tests compare with. */
    static Dl4jEngine plain(Architecture architecture, Weights weights, int inputSize) {
        ComputationGraph graph = Dl4jGraph.plain(architecture, inputSize);
        Dl4jGraph.assign(architecture, weights, graph);
        return new Dl4jEngine(graph, architecture.head(), inputSize);
    }

    @Override
    public int inputSize() {
        return inputSize;
    }

    @Override
    public synchronized List<Prediction> predict(float[] luminance, int photos) {
        if (closed) {
            throw new IllegalStateException("this network has been closed");
        }
        if (photos < 1 || luminance.length != photos * inputSize * inputSize) {
            throw new IllegalArgumentException(luminance.length + " luminance values are not " + photos + " photos of "
                    + inputSize + " x " + inputSize);
        }
        float[] centered = new float[luminance.length];
        for (int i = 0; i < luminance.length; i++) {
            centered[i] = LuminanceCentering.center(luminance[i]);
        }
        try (INDArray input = Nd4j.create(centered, new long[] {photos, inputSize, inputSize, 1}, 'c');
                INDArray output = graph.outputSingle(false, input)) {
            int side = inputSize / Architecture.REDUCTION;
            long[] expected = {photos, side, side, head.channels()};
            if (!Arrays.equals(output.shape(), expected)) {
                throw new IllegalStateException("the network gave an output of shape " + Arrays.toString(output.shape())
                        + ", not " + Arrays.toString(expected));
            }
            return predictions(output);
        }
    }

    /** One array a photo, so that each is freed when its photo is done. */
    private List<Prediction> predictions(INDArray output) {
        int height = (int) output.size(1);
        int width = (int) output.size(2);
        List<Prediction> predictions = new ArrayList<>();
        try (INDArray rows = output.dup('c')) {
            FloatBuffer values = rows.data().asNioFloat();
            for (int photo = 0; photo < output.size(0); photo++) {
                float[] ofPhoto = new float[height * width * head.channels()];
                values.get(ofPhoto);
                predictions.add(head.prediction(height, width, ofPhoto));
            }
        }
        return predictions;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            graph.close();
        }
    }
}
