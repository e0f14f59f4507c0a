package dev.colorstream.trainer.training;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.Prediction;
import dev.colorstream.colorizer.network.Prediction.AbPlane;
import dev.colorstream.colorizer.network.Prediction.BinDistribution;
import dev.colorstream.colorizer.network.TrainingBatch;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.trainer.dataset.EvenSample;
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
        this.photos = EvenSample.of(photos, MOST_PHOTOS);
        this.examples = examples;
    }

    /** The mean over all cells that count of the weighted cross entropy or of the squared error, as the head has it. */
    double loss(Architecture architecture, Weights weights, int size) {
        try (InferenceEngine engine = Dl4jEngine.of(architecture, weights, size)) {
            double sum = 0;
            long counted = 0;
            for (int from = 0; from < photos.size(); from += BATCH) {
                List<Entry> some = photos.subList(from, Math.min(photos.size(), from + BATCH));
                TrainingBatch batch = examples.validation(some, size);
                List<Prediction> predicted = engine.predict(batch.luminance(), some.size());
                int cells = batch.targets().length / architecture.head().targetValues() / some.size();
                double[] losses = IntStream.range(0, some.size() * cells)
                        .parallel()
                        .mapToDouble(cell -> loss(batch.targets(), cell, predicted.get(cell / cells), cell % cells))
                        .toArray();
                for (double loss : losses) {
                    sum += loss;
                    counted += loss > 0 ? 1 : 0;
                }
            }
            return sum / Math.max(1, counted);
        }
    }

    /** Of row {@code targetRow} of the targets and a cell of a prediction. */
    private static double loss(float[] targets, int targetRow, Prediction prediction, int cell) {
        if (prediction instanceof BinDistribution bins) {
            return crossEntropy(targets, targetRow, bins.logits(), cell);
        }
        AbPlane plane = (AbPlane) prediction;
        int target = targetRow * Head.AB_PLANE.targetValues();
        double a = plane.a()[cell] / Head.AB_UNIT - targets[target];
        double b = plane.b()[cell] / Head.AB_UNIT - targets[target + 1];
        return targets[target + 2] * (a * a + b * b);
    }

    /** Of row {@code targetRow} of the targets and row {@code row} of the logits, 313 values each. */
    private static double crossEntropy(float[] targets, int targetRow, float[] logits, int row) {
        int target = targetRow * AbBins.COUNT;
        int start = row * AbBins.COUNT;
        double highest = Double.NEGATIVE_INFINITY;
        double weight = 0;
        double weighted = 0;
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            highest = Math.max(highest, logits[start + bin]);
            weight += targets[target + bin];
            weighted += (double) targets[target + bin] * logits[start + bin];
        }
        if (weight == 0) {
            return 0;
        }
        double sum = 0;
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            sum += Math.exp(logits[start + bin] - highest);
        }
        return weight * (highest + Math.log(sum)) - weighted;
    }
}
