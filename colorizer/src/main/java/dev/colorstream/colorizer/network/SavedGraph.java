package dev.colorstream.colorizer.network;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** A graph as Deeplearning4j saves it: a zip of its layers, its weights and, for training, its updater's state. */
final class SavedGraph {
    private static final Set<String> PARTS = Set.of("configuration.json", "coefficients.bin", "updaterState.bin");

    private SavedGraph() {}

    /**
     * Reads a graph.
     *
     * @param withUpdater whether to go on training
     * @throws IOException where the file is none or holds anything else. A preprocessor would be a Java object of any class,
     *     and reading it could run what a stranger wrote.
     */
    static ComputationGraph load(Path file, boolean withUpdater) throws IOException {
        // As Deeplearning4j reads it: by the entries one after another, not by the directory at the end.
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!PARTS.contains(entry.getName())) {
                    throw new IOException("it holds '" + entry.getName()
                            + "' beside layers and weights, which is never read: save it without");
                }
            }
        }
        return ComputationGraph.load(file.toFile(), withUpdater);
    }
}
