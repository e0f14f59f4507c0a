package dev.colorstream.trainer.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.network.Architecture;
import java.io.IOException;
import java.nio.file.Path;

/**
 * All that decides what a training run gives, beside its photos. Written beside the checkpoints, so that a resumed run
 * goes on as it began.
 *
 * @param variant what the network is trained for; settings written before there were variants read as rebalanced
 * @param architecture a name of {@link Architecture#names()}
 * @param inputSize side in pixels of the crops to begin with
 * @param finalInputSize side of the crops at the end
 * @param finalShare share of the steps that run at the final size, in [0,1]
 * @param batchSize photos a step
 * @param epochs how often each photo is seen; 0 leaves a network that the run goes on from as it is, its balance apart
 * @param learningRate the highest
 * @param warmUpSteps steps until the highest learning rate
 * @param weightDecay share of a weight that a step takes away, times the learning rate
 * @param averageDecay memory of the weights' moving average, in [0,1)
 * @param neighbors bins that share a color in its soft encoding
 * @param lambda the uniform distribution's share in the rebalancing, in [0,1]; 1 for variants that do not rebalance
 * @param evidencePhotos photos behind a color that keeps half of its rebalancing weight; 0 where all keep it whole, as in
 *     settings written before there was a choice
 * @param validationShare share of the photos kept from training
 * @param seed of the weights, the order and the crops
 */
public record TrainingSettings(
        Variant variant,
        String architecture,
        int inputSize,
        int finalInputSize,
        double finalShare,
        int batchSize,
        int epochs,
        double learningRate,
        int warmUpSteps,
        double weightDecay,
        double averageDecay,
        int neighbors,
        double lambda,
        double evidencePhotos,
        double validationShare,
        long seed) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public TrainingSettings {
        if (variant.learnsScenes() && !Architecture.named(architecture).learnsScenes()) {
            throw new IllegalArgumentException(
                    "variant " + variant.wireName() + " learns scenes from global features, which " + architecture
                            + " has not; train it with " + variant.architecture());
        }
        Architecture.requireInputSize(inputSize);
        Architecture.requireInputSize(finalInputSize);
        requireWithin("final share", finalShare, 0, 1);
        requireWithin("batch size", batchSize, 1, 4096);
        requireWithin("epochs", epochs, 0, 100_000);
        requireWithin("learning rate", learningRate, 1e-9, 1);
        requireWithin("warm-up steps", warmUpSteps, 0, Integer.MAX_VALUE);
        requireWithin("weight decay", weightDecay, 0, 1);
        requireWithin("average decay", averageDecay, 0, 0.999999);
        requireWithin("neighbors", neighbors, 1, AbBins.COUNT);
        requireWithin("lambda", lambda, variant.rebalances() ? 0 : 1, 1);
        requireWithin("photos as evidence", evidencePhotos, 0, variant.rebalances() ? 1e9 : 0);
        requireWithin("validation share", validationShare, 0.001, 0.9);
    }

    private static void requireWithin(String what, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new IllegalArgumentException(what + " " + value + " is not in [" + lowest + ", " + highest + "]");
        }
    }

    /** The network that is trained. */
    public Architecture network() {
        return Architecture.named(architecture).predicting(variant.head());
    }

    /** What a pixel weighs in the loss, by its bin. */
    public float[] weights(AbPrior prior) {
        return prior.weights(lambda, evidencePhotos);
    }

    /** The size of a step's crops. */
    int sizeAt(int step, int totalSteps) {
        return step < totalSteps * (1 - finalShare) ? inputSize : finalInputSize;
    }

    void write(Path file) throws IOException {
        WholeFile.writeJson(file, this);
    }

    static TrainingSettings read(Path file) throws IOException {
        ObjectNode json = JSON.readValue(file.toFile(), ObjectNode.class);
        if (!json.has("variant")) {
            json.put("variant", Variant.REBALANCED.wireName());
        }
        return JSON.treeToValue(json, TrainingSettings.class);
    }
}
