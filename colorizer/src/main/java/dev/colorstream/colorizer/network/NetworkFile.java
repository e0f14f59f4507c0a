package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.network.NetworkFileException.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * {@code network.zip}: a network as Deeplearning4j saves it, of its own layers alone and without an updater's state, so
 * that any Deeplearning4j can open it.
 */
public final class NetworkFile {
    private NetworkFile() {}

    /**
     * Reads the weights of a network.
     *
     * @throws NetworkFileException where the file is no network of this architecture or holds a value that is no number
     */
    public static Weights read(Path file, Architecture architecture) {
        CpuBackend.load();
        Weights weights;
        // Deeplearning4j answers a damaged file with exceptions of many kinds.
        try {
            ComputationGraph graph = SavedGraph.load(file, false);
            try {
                weights = Dl4jGraph.weightsOf(architecture, graph);
            } finally {
                graph.close();
            }
        } catch (IOException | RuntimeException e) {
            throw new NetworkFileException(
                    file + " is no Deeplearning4j network of architecture " + architecture.name() + ": "
                            + e.getMessage(),
                    e);
        }
        requireSizes(file, architecture, weights);
        if (!weights.areFinite()) {
            throw new NetworkFileException(Fault.NOT_FINITE, file + " holds weights that are no finite numbers");
        }
        return weights;
    }

    private static void requireSizes(Path file, Architecture architecture, Weights weights) {
        for (Layer layer : architecture.layers()) {
            for (Weights.Shape shape : Weights.shapesOf(layer)) {
                int values = weights.get(layer.name(), shape.role()).length;
                if (values != shape.length()) {
                    throw new NetworkFileException(
                            layer.name().equals(architecture.head().layer())
                                    ? Fault.WRONG_PREDICTION
                                    : Fault.UNREADABLE,
                            file + " has " + values + " values as " + shape.role() + " of the layer " + layer.name()
                                    + " where " + architecture.name() + " has " + shape.length());
                }
            }
        }
    }

    /** Writes a network whole or not at all. */
    public static void write(Path file, Architecture architecture, int inputSize, Weights weights) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        ComputationGraph graph = Dl4jGraph.plain(architecture, inputSize);
        try {
            Dl4jGraph.assign(architecture, weights, graph);
            graph.save(unfinished.toFile(), false);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the network " + file, e);
        } finally {
            graph.close();
        }
    }
}
