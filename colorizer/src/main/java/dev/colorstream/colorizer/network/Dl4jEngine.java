package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.abbins.AbBins;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Serves a network by Deeplearning4j: batch normalization folded, convolutions by oneDNN, one pass at a time. */
public final class Dl4jEngine implements InferenceEngine {
    private final ComputationGraph graph;
    private final int inputSize;
    private boolean closed;

    private Dl4jEngine(ComputationGraph graph, int inputSize) {
        this.graph = graph;
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

    /** Serves weights that are in memory already. */
    public static Dl4jEngine of(Architecture architecture, Weights weights, int inputSize) {
        FoldedNetwork folded = FoldedNetwork.of(architecture, weights);
        ComputationGraph graph = Dl4jGraph.serving(folded.architecture(), inputSize);
        Dl4jGraph.assign(folded.architecture(), folded.weights(), graph);
        return new Dl4jEngine(graph, inputSize);
    }

    /** Serves the same weights by Deeplearning4j's own layers, unfolded: the reference that tests compare with. */
    static Dl4jEngine plain(Architecture architecture, Weights weights, int inputSize) {
        ComputationGraph graph = Dl4jGraph.plain(architecture, inputSize);
        Dl4jGraph.assign(architecture, weights, graph);
        return new Dl4jEngine(graph, inputSize);
    }

    @Override
    public int inputSize() {
        return inputSize;
    }

    @Override
    public synchronized Prediction predict(float[] luminance, int photos) {
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
            float[] logits = output.dup('c').data().asFloat();
            if (logits.length != photos * side * side * AbBins.COUNT) {
                throw new IllegalStateException("the network gave " + logits.length + " logits for " + photos
                        + " photos of " + side + " x " + side + " cells");
            }
            return new Prediction.BinDistribution(photos, side, side, logits);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            graph.close();
        }
    }
}
