package dev.colorstream.trainer.training;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how a network is trained. */
public final class TrainingOptions {
    private static final double LEARNING_RATE = 0.002;

    /** Higher ones make a trained network forget before it learns. */
    private static final double FURTHER_LEARNING_RATE = 0.0003;

    /** From 100 to 300 it makes no difference that the validation photos would tell. */
    private static final double EVIDENCE_PHOTOS = 100;

    private static final int SERVING_SIZE = 96;

    @Option(
            names = "--variant",
            defaultValue = "rebalanced",
            description =
                    "rebalanced, classification (no rebalancing), regression (squared error of the colors) or fusion "
                            + "(the same with global features and scenes, which the photos' folders name).")
    private String variant = "";

    @Option(
            names = "--architecture",
            description = "eccv16, eccv16-small or fusion-small; eccv16-small if left out, fusion-small for fusion.")
    private @Nullable String architecture;

    @Option(names = "--input-size", defaultValue = "64", description = "Side of the crops in pixels.")
    private int inputSize;

    @Option(names = "--final-input-size", defaultValue = "80", description = "Side of the crops at the end.")
    private int finalInputSize;

    @Option(names = "--final-share", defaultValue = "0.2", description = "Share of the steps at the final size.")
    private double finalShare;

    @Option(names = "--batch-size", defaultValue = "32", description = "Photos a step.")
    private int batchSize;

    @Option(
            names = "--epochs",
            defaultValue = "18",
            description =
                    "How often each photo is seen. With 0 the network of --from stays as it is: only balance, temperature "
                            + "and figures are made anew.")
    private int epochs;

    @Option(
            names = "--learning-rate",
            description = "The highest learning rate; if left out, " + LEARNING_RATE + " from random weights and "
                    + FURTHER_LEARNING_RATE + " from those of a version.")
    private @Nullable Double learningRate;

    @Option(names = "--warm-up-steps", defaultValue = "200", description = "Steps until the highest learning rate.")
    private int warmUpSteps;

    @Option(names = "--weight-decay", defaultValue = "0", description = "Decoupled weight decay.")
    private double weightDecay;

    @Option(names = "--average-decay", defaultValue = "0.998", description = "Memory of the weights' average.")
    private double averageDecay;

    @Option(names = "--neighbors", defaultValue = "5", description = "Bins in a color's soft encoding.")
    private int neighbors;

    @Option(
            names = "--lambda",
            description = "Uniform share in the rebalancing; 0.5 if left out, always 1 (none) but for rebalanced.")
    private @Nullable Double lambda;

    @Option(
            names = "--evidence-photos",
            description =
                    "Photos that a color must be seen in to keep half of its rebalancing weight, 0 for no such doubt; "
                            + EVIDENCE_PHOTOS + " if left out, always 0 but for rebalanced.")
    private @Nullable Double evidencePhotos;

    @Option(names = "--validation-share", defaultValue = "0.06", description = "Photos kept from training.")
    private double validationShare;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of weights, order and crops.")
    private long seed;

    @Option(
            names = "--serving-size",
            description = "Side that workers serve the network with; " + SERVING_SIZE + " if left out.")
    private @Nullable Integer servingSize;

    @Option(
            names = "--rebalancing",
            description =
                    "How much of the rebalancing the colors keep, from 0 (as often as colors occur) to 1 (as vivid "
                            + "as trained); if left out, what paints rare colors best on the validation photos while all colors "
                            + "err less than none would.")
    private @Nullable Double rebalancing;

    @Option(names = "--checkpoint-minutes", defaultValue = "3", description = "Minutes between checkpoints.")
    private long checkpointMinutes;

    /**
     * What the flags say for a network that begins with random weights.
     *
     * @throws IllegalArgumentException for values out of range, which the message names
     */
    public TrainingSettings settings() {
        return settings(LEARNING_RATE);
    }

    /**
     * What the flags say for a network that goes on from the weights of a version.
     *
     * @throws IllegalArgumentException for values out of range, which the message names
     */
    public TrainingSettings furtherSettings() {
        return settings(FURTHER_LEARNING_RATE);
    }

    private TrainingSettings settings(double usualLearningRate) {
        Variant trained = Variant.named(variant);
        return new TrainingSettings(
                trained,
                architecture == null ? trained.architecture() : architecture,
                inputSize,
                finalInputSize,
                finalShare,
                batchSize,
                epochs,
                learningRate == null ? usualLearningRate : learningRate,
                warmUpSteps,
                weightDecay,
                averageDecay,
                neighbors,
                lambda == null ? trained.lambda() : lambda,
                evidencePhotos == null ? trained.rebalances() ? EVIDENCE_PHOTOS : 0 : evidencePhotos,
                validationShare,
                seed);
    }

    /**
     * How workers shall serve the network.
     *
     * @throws IllegalArgumentException for values out of range, which the message names
     */
    public Serving serving() {
        if (rebalancing != null && Variant.named(variant) != Variant.REBALANCED) {
            throw new IllegalArgumentException("--rebalancing is for --variant " + Variant.REBALANCED.wireName()
                    + " alone: " + variant + " is trained without; leave it out");
        }
        return new Serving(servingSize == null ? SERVING_SIZE : servingSize, Optional.ofNullable(rebalancing));
    }

    /**
     * How workers shall serve the network of a run that goes on: as was said when it began, where the flags do not say.
     *
     * @throws IllegalArgumentException for values out of range, which the message names
     */
    public Serving servingOf(Serving begun) {
        return new Serving(
                servingSize == null ? begun.inputSize() : servingSize,
                rebalancing == null ? begun.rebalancing() : Optional.of(rebalancing));
    }

    /** How much of the training a death costs at most. */
    public Duration checkpointEvery() {
        return Duration.ofMinutes(checkpointMinutes);
    }
}
