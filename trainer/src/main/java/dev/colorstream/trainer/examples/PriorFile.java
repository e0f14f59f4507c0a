package dev.colorstream.trainer.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.colorstream.colorizer.abbins.AbPrior;
import java.io.IOException;
import java.nio.file.Path;

/** {@code prior.json}: how often each ab bin occurred in a network's training photos, smoothed. */
public final class PriorFile {
    /** The file's name in a model version's folder. */
    public static final String NAME = "prior.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private PriorFile() {}

    private record Content(double[] probabilities) {}

    public static void write(Path file, AbPrior prior) throws IOException {
        JSON.writeValue(file.toFile(), new Content(prior.probabilities()));
    }

    /**
     * Reads a prior.
     *
     * @throws IOException where the file is no prior; the message names it
     */
    public static AbPrior read(Path file) throws IOException {
        try {
            return AbPrior.ofProbabilities(
                    JSON.readValue(file.toFile(), Content.class).probabilities());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file + " holds no prior over the ab bins: " + e.getMessage(), e);
        }
    }
}
