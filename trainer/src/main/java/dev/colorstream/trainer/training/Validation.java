package dev.colorstream.trainer.training;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.Prediction.BinDistribution;
import dev.colorstream.colorizer.network.TrainingBatch;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.trainer.dataset.PreparedPhotos.Entry;
import dev.colorstream.trainer.examples.ExampleMaker;
import java.util.List;
import java.util.stream.IntStream;

/** The loss on photos that no training step sees, with the network as it will be served. */
final class Validation {
    private static final int BATCH = 32;
    private static final int MOST_PHOTOS = 640;

    private final List<Entry> photos;
    private final ExampleMaker examples;

    Validation(List<Entry> photos, ExampleMaker examples) {
        this.photos = photos.subList(0, Math.min(photos.size(), MOST_PHOTOS));
        this.examples = examples;
    }

    /** The mean over all cells that count of the weighted cross entropy. */
    double loss(Architecture architecture, Weights weights, int size) {
        try (InferenceEngine engine = Dl4jEngine.of(architecture, weights, size)) {
            double sum = 0;
            long counted = 0;
            for (int from = 0; from < photos.size(); from += BATCH) {
                List<Entry> some = photos.subList(from, Math.min(photos.size(), from + BATCH));
                TrainingBatch batch = examples.validation(some, size);
                BinDistribution predicted = (BinDistribution) engine.predict(batch.luminance(), some.size());
                int cells = batch.targets().length / AbBins.COUNT;
                double[] losses = IntStream.range(0, cells)
                        .parallel()
                        .mapToDouble(cell -> crossEntropy(batch.targets(), predicted.logits(), cell * AbBins.COUNT))
                        .toArray();
                for (double loss : losses) {
                    sum += loss;
                    counted += loss > 0 ? 1 : 0;
                }
            }
            return sum / Math.max(1, counted);
        }
    }

    private static double crossEntropy(float[] targets, float[] logits, int start) {
        double highest = Double.NEGATIVE_INFINITY;
        double weight = 0;
        double weighted = 0;
        for (int i = start; i < start + AbBins.COUNT; i++) {
            highest = Math.max(highest, logits[i]);
            weight += targets[i];
            weighted += (double) targets[i] * logits[i];
        }
        if (weight == 0) {
            return 0;
        }
        double sum = 0;
        for (int i = start; i < start + AbBins.COUNT; i++) {
            sum += Math.exp(logits[i] - highest);
        }
        return weight * (highest + Math.log(sum)) - weighted;
    }
}
