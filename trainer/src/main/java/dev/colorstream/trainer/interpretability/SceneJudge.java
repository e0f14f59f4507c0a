package dev.colorstream.trainer.interpretability;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.colorstream.colorizer.image.AreaAverage;
import dev.colorstream.colorizer.network.SceneClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A trained scene classifier with the names of its scenes: a folder with {@code classifier.zip} and, written last,
 * {@code scenes.json}. Safe from several threads.
 */
public final class SceneJudge implements AutoCloseable {
    private static final String CLASSIFIER = "classifier.zip";
    private static final String DESCRIPTION = "scenes.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SceneClassifier classifier;
    private final Description description;

    /**
     * Where a classifier comes from.
     *
     * @param scenes their names, by index
     * @param trainingDataFingerprint of the photos it learned from
     * @param validationAccuracy share of the photos kept from training that it took for what they show, in [0,1]
     * @param validationPhotos how many those were
     */
    public record Description(
            List<String> scenes,
            String trainingDataFingerprint,
            int epochs,
            long seed,
            double validationAccuracy,
            int validationPhotos) {
        public Description {
            scenes = List.copyOf(scenes);
        }
    }

    private SceneJudge(SceneClassifier classifier, Description description) {
        this.classifier = classifier;
        this.description = description;
    }

    /**
     * Opens the folder of a trained classifier.
     *
     * @throws IOException where the folder holds none; the message names it
     */
    public static SceneJudge open(Path folder) throws IOException {
        Path file = folder.resolve(DESCRIPTION);
        if (!Files.exists(file)) {
            throw new IOException(folder + " holds no scene classifier (" + DESCRIPTION
                    + " is missing); make one with: trainer train-classifier PHOTOS --out " + folder);
        }
        Description description = JSON.readValue(file.toFile(), Description.class);
        return new SceneJudge(SceneClassifier.open(folder.resolve(CLASSIFIER)), description);
    }

    /** Writes a trained classifier's folder, which is made. */
    static void write(Path folder, SceneClassifier classifier, Description description) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(DESCRIPTION));
        classifier.write(folder.resolve(CLASSIFIER));
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(DESCRIPTION).toFile(), description);
    }

    /** Whether it knows a scene of this name. */
    public boolean knows(String scene) {
        return description.scenes().contains(scene);
    }

    /**
     * Whether it takes a photo for what it shows.
     *
     * @param rgb width x height pixels 0xRRGGBB, row-major; higher bits are ignored
     */
    public boolean recognizes(String scene, int[] rgb, int width, int height) {
        int side = SceneClassifier.SIZE;
        float[] seen = new float[side * side * 3];
        float[] plane = new float[rgb.length];
        for (int channel = 0; channel < 3; channel++) {
            for (int pixel = 0; pixel < rgb.length; pixel++) {
                plane[pixel] = rgb[pixel] >> (16 - 8 * channel) & 0xff;
            }
            float[] square = AreaAverage.toSquare(plane, width, height, side);
            for (int pixel = 0; pixel < square.length; pixel++) {
                seen[3 * pixel + channel] = square[pixel];
            }
        }
        synchronized (classifier) {
            return description.scenes().get(classifier.classify(seen, 1)[0]).equals(scene);
        }
    }

    @Override
    public void close() {
        classifier.close();
    }
}
