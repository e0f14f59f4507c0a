package dev.colorstream.trainer.interpretability;

import dev.colorstream.colorizer.network.SceneClassifier;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.dataset.PreparedPhotos.Entry;
import dev.colorstream.trainer.examples.SceneExamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trainer train-classifier}: from color photos in one folder a scene to a classifier that judges colorized ones. */
@Command(
        name = "train-classifier",
        description = "Trains a scene classifier on real color photos, to measure how recognizable colorized ones are.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class TrainClassifierCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PHOTOS", description = "Folder or zip of color photos, one folder a scene.")
    private Path photos = Path.of(".");

    @Option(names = "--out", required = true, description = "Folder that the classifier goes into.")
    private Path out = Path.of(".");

    @Option(names = "--epochs", defaultValue = "15", description = "How often each photo is seen.")
    private int epochs;

    @Option(names = "--batch-size", defaultValue = "32", description = "Photos a step.")
    private int batchSize;

    @Option(names = "--learning-rate", defaultValue = "0.002", description = "The highest learning rate.")
    private double learningRate;

    @Option(names = "--validation-share", defaultValue = "0.06", description = "Photos kept from training.")
    private double validationShare;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of weights, order and crops.")
    private long seed;

    @Override
    public Integer call() throws IOException {
        if (epochs < 1 || batchSize < 1) {
            throw new IOException("--epochs " + epochs + " or --batch-size " + batchSize + " is not 1 or more");
        }
        try (PhotoSource source = PhotoSource.open(photos);
                PreparedPhotos prepared = PreparedPhotos.prepare(source, validationShare)) {
            List<String> scenes = prepared.training().stream()
                    .map(entry -> new PhotoName(entry.name()).scene())
                    .distinct()
                    .sorted()
                    .toList();
            int stepsPerEpoch = prepared.training().size() / batchSize;
            if (scenes.size() < 2 || stepsPerEpoch < 1) {
                throw new IOException(photos + " has " + prepared.training().size() + " photos to train in "
                        + scenes.size() + " folders; give at least " + batchSize
                        + " color photos in at least two folders, one a scene");
            }
            SceneExamples examples = new SceneExamples(prepared, scenes, seed);
            try (SceneClassifier classifier =
                    SceneClassifier.initialized(scenes.size(), learningRate, epochs * stepsPerEpoch, seed)) {
                double accuracy = 0;
                for (int epoch = 0; epoch < epochs; epoch++) {
                    double loss = learn(classifier, examples, prepared.training(), epoch, stepsPerEpoch);
                    accuracy = accuracy(classifier, examples, prepared.validation());
                    System.out.printf(
                            Locale.ROOT,
                            "epoch %d: loss %.4f, validation accuracy %.1f %%%n",
                            epoch + 1,
                            loss,
                            100 * accuracy);
                }
                SceneJudge.write(
                        out,
                        classifier,
                        new SceneJudge.Description(
                                scenes,
                                prepared.fingerprint(),
                                epochs,
                                seed,
                                accuracy,
                                prepared.validation().size()));
            }
        }
        return 0;
    }

    private double learn(
            SceneClassifier classifier, SceneExamples examples, List<Entry> entries, int epoch, int steps) {
        List<Entry> order = new ArrayList<>(entries);
        Collections.shuffle(order, new Random(seed * 7919 + epoch));
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            List<Entry> some = order.subList(step * batchSize, (step + 1) * batchSize);
            SceneExamples.Batch batch = examples.training(some, epoch * steps + step);
            sum += classifier.fit(batch.rgb(), batch.scenes());
        }
        return sum / steps;
    }

    private double accuracy(SceneClassifier classifier, SceneExamples examples, List<Entry> entries) {
        int right = 0;
        for (int from = 0; from < entries.size(); from += batchSize) {
            List<Entry> some = entries.subList(from, Math.min(entries.size(), from + batchSize));
            SceneExamples.Batch batch = examples.validation(some);
            int[] found = classifier.classify(batch.rgb(), some.size());
            for (int i = 0; i < found.length; i++) {
                right += found[i] == batch.scenes()[i] ? 1 : 0;
            }
        }
        return (double) right / Math.max(1, entries.size());
    }
}
