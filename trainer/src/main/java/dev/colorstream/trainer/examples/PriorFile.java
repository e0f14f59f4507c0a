package dev.colorstream.trainer.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.abbins.AbPrior;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code prior.json}: how often each ab bin occurred in a network's training photos, smoothed, and in how many. */
public final class PriorFile {
    /** The file's name in a model version's folder. */
    public static final String NAME = "prior.json";

    private static final double COUNTLESS = 1e9;
    private static final ObjectMapper JSON = new ObjectMapper();

    private PriorFile() {}

    private record Content(double[] probabilities, double @Nullable [] photos) {}

    public static void write(Path file, AbPrior prior) throws IOException {
        JSON.writeValue(file.toFile(), new Content(prior.probabilities(), prior.photos()));
    }

    /**
     * Reads a prior. One that was written before photos were counted is taken for one of countless photos: no weight of its
     * network was held back.
     *
     * @throws IOException where the file is no prior; the message names it
     */
    public static AbPrior read(Path file) throws IOException {
        try {
            Content content = JSON.readValue(file.toFile(), Content.class);
            double[] photos = content.photos();
            if (photos == null) {
                photos = new double[AbBins.COUNT];
                Arrays.fill(photos, COUNTLESS);
            }
            return AbPrior.of(content.probabilities(), photos);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file + " holds no prior over the ab bins: " + e.getMessage(), e);
        }
    }
}
