package dev.colorstream.trainer.training;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.abbins.SoftEncoding;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.TrainableNetwork;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.dataset.Scenes;
import dev.colorstream.trainer.examples.CellTargets;
import dev.colorstream.trainer.examples.ExampleMaker;
import dev.colorstream.trainer.examples.PriorCounter;
import dev.colorstream.trainer.training.RunFolder.CurvePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A training run from its first step, or from its newest checkpoint, to its last. Validates after every epoch, and the network
 * that it goes on from before the first, and keeps the one of the lowest validation loss. That is the loss of its colors, as they are served; where scenes are learned
 * beside them, these count in training alone.
 */
public final class TrainingRun {
    /** A network to go on from. */
    public interface Start {
        /**
         * Its weights as they would be had it been trained with these rebalancing weights.
         *
         * @param rebalancing the weight of each ab bin, > 0
         */
        Weights trainedWith(float[] rebalancing) throws IOException;
    }

    private record Parent(ModelVersionId version, Start network) {}

    /** What a run tells while it goes on. */
    public interface Listener {
        /** The run begins or goes on at a step. */
        void started(int step, int totalSteps, AbPrior prior);

        /** A step was taken. */
        void stepped(int step, int photos, double loss);

        /**
         * The network was validated.
         *
         * @param epoch 0 for the network that the run goes on from
         * @param trainingLoss mean of the epoch's steps; NaN for epoch 0
         */
        void validated(int step, double epoch, double trainingLoss, double validationLoss, boolean best);
    }

    /**
     * How a run ended.
     *
     * @param network the file of the best network
     * @param step the step that gave it
     * @param validationLoss its loss
     * @param seconds time spent training, earlier parts of a resumed run included
     */
    public record Outcome(
            Path network, int step, double validationLoss, long seconds, TrainingSettings settings, AbPrior prior) {}

    private final PreparedPhotos photos;
    private final RunFolder folder;
    private final TrainingSettings settings;
    private final Duration checkpointEvery;
    private final Clock clock;
    private final Listener listener;
    private final Serving serving;
    private final Optional<Parent> parent;

    private TrainingRun(
            PreparedPhotos photos,
            RunFolder folder,
            TrainingSettings settings,
            Duration checkpointEvery,
            Clock clock,
            Listener listener,
            Serving serving,
            Optional<Parent> parent) {
        this.photos = photos;
        this.folder = folder;
        this.settings = settings;
        this.checkpointEvery = checkpointEvery;
        this.clock = clock;
        this.listener = listener;
        this.serving = serving;
        this.parent = parent;
    }

    /** The same run, from the network of a version of its architecture on; a checkpoint goes before it. */
    public TrainingRun startingFrom(ModelVersionId version, Start network) {
        return new TrainingRun(
                photos,
                folder,
                settings,
                checkpointEvery,
                clock,
                listener,
                serving,
                Optional.of(new Parent(version, network)));
    }

    /**
     * Prepares a new run in a folder, which is made when it runs.
     *
     * @param serving how its network is to be served, kept for who resumes it
     */
    public static TrainingRun begin(
            PreparedPhotos photos,
            Path folder,
            TrainingSettings settings,
            Serving serving,
            Duration checkpointEvery,
            Clock clock,
            Listener listener)
            throws IOException {
        RunFolder runFolder = new RunFolder(folder);
        if (Files.exists(runFolder.settings())) {
            throw new IOException(folder + " already holds a training run; resume it with --resume or give another");
        }
        if (settings.variant().learnsScenes()) {
            Scenes.of(photos);
        }
        return new TrainingRun(
                photos, runFolder, settings, checkpointEvery, clock, listener, serving, Optional.empty());
    }

    /** Prepares a run to go on with the settings that it began with, and with the photos and the first weights, too. */
    public static TrainingRun resume(
            PreparedPhotos photos,
            Path folder,
            Serving serving,
            Duration checkpointEvery,
            Clock clock,
            Listener listener)
            throws IOException {
        TrainingSettings settings = settingsOf(folder);
        return new TrainingRun(
                photos, new RunFolder(folder), settings, checkpointEvery, clock, listener, serving, Optional.empty());
    }

    /** How the network of the run in a folder was to be served when it began; nothing where that was not written down. */
    public static Optional<Serving> servingOf(Path folder) throws IOException {
        return new RunFolder(folder).beginning().map(Beginning::serving);
    }

    /** Whether a run was begun in that folder. */
    public static boolean isIn(Path folder) {
        return Files.exists(new RunFolder(folder).settings());
    }

    /** The settings of the run in a folder. */
    public static TrainingSettings settingsOf(Path folder) throws IOException {
        RunFolder runFolder = new RunFolder(folder);
        if (!Files.exists(runFolder.settings())) {
            throw new IOException(folder + " holds no training run to resume; leave --resume out to begin one");
        }
        return TrainingSettings.read(runFolder.settings());
    }

    /** Runs to the last step. */
    public Outcome run() throws IOException, InterruptedException {
        if (photos.training().size() < settings.batchSize()
                || photos.validation().isEmpty()) {
            throw new IOException(photos.training().size() + " photos to train and "
                    + photos.validation().size() + " to validate are too few for batches of " + settings.batchSize()
                    + "; give more photos or a smaller --batch-size");
        }
        if (settings.epochs() == 0 && parent.isEmpty()) {
            throw new IOException(
                    "0 epochs make no network of random weights; give epochs, or a version to go on from");
        }
        folder.begin(settings, Beginning.of(photos.fingerprint(), parent.map(Parent::version), serving));
        Architecture architecture = settings.network();
        Optional<Scenes> scenes = scenes();
        SoftEncoding encoding = new SoftEncoding(settings.neighbors());
        AbPrior prior = PriorCounter.count(photos, encoding);
        float[] weights = settings.weights(prior);
        CellTargets targets = switch (architecture.head()) {
            case BIN_DISTRIBUTION -> new CellTargets.SoftBins(encoding, weights);
            case AB_PLANE -> new CellTargets.Colors();
        };
        ExampleMaker examples = new ExampleMaker(photos, targets, scenes, settings.seed());
        Validation validation = new Validation(photos.validation(), examples);
        int totalSteps = photos.training().size() / settings.batchSize() * settings.epochs();
        try (TrainableNetwork network = network(architecture, prior, weights, scenes, totalSteps);
                BatchSchedule batches = new BatchSchedule(photos.training(), examples, settings, network.step())) {
            List<CurvePoint> earlier = folder.curveUpTo(network.step());
            Optional<CurvePoint> best = earlier.stream().min(Comparator.comparingDouble(CurvePoint::validationLoss));
            long secondsBefore =
                    earlier.isEmpty() ? 0 : earlier.get(earlier.size() - 1).seconds();
            Instant begun = clock.instant();
            Instant lastCheckpoint = begun;
            listener.started(network.step(), totalSteps, prior);
            if (best.isEmpty() && network.step() == 0 && parent.isPresent()) {
                best = Optional.of(validate(network, validation, 0, secondsBefore, Double.NaN, best));
            }
            double lossSum = 0;
            int lossCount = 0;
            while (network.step() < totalSteps) {
                double loss = network.fit(batches.next());
                lossSum += loss;
                lossCount++;
                listener.stepped(network.step(), settings.batchSize(), loss);
                if (!Double.isFinite(loss)) {
                    throw new LossNotFiniteException("the loss is " + loss + " at step " + network.step()
                            + "; resume with a lower learning rate in a new run");
                }
                if (network.step() % batches.stepsPerEpoch() == 0) {
                    best = Optional.of(validate(
                            network,
                            validation,
                            (double) network.step() / batches.stepsPerEpoch(),
                            secondsBefore
                                    + Duration.between(begun, clock.instant()).toSeconds(),
                            lossSum / lossCount,
                            best));
                    lossSum = 0;
                    lossCount = 0;
                }
                if (Duration.between(lastCheckpoint, clock.instant()).compareTo(checkpointEvery) >= 0
                        || network.step() == totalSteps) {
                    folder.saveCheckpoint(network);
                    lastCheckpoint = clock.instant();
                }
            }
            CurvePoint chosen = best.orElseThrow();
            long seconds =
                    secondsBefore + Duration.between(begun, clock.instant()).toSeconds();
            return new Outcome(folder.best(), chosen.step(), chosen.validationLoss(), seconds, settings, prior);
        }
    }

    /**
     * Validates the averaged weights, and writes them down if none were better.
     *
     * @return the best point by now
     */
    private CurvePoint validate(
            TrainableNetwork network,
            Validation validation,
            double epoch,
            long seconds,
            double trainingLoss,
            Optional<CurvePoint> before)
            throws IOException {
        Architecture architecture = settings.network();
        Weights averaged = network.averagedWeights();
        double loss = validation.loss(architecture, averaged, settings.finalInputSize());
        CurvePoint point = new CurvePoint(network.step(), epoch, seconds, trainingLoss, loss);
        boolean isBest = before.isEmpty() || loss < before.orElseThrow().validationLoss();
        if (isBest) {
            NetworkFile.write(folder.best(), architecture, settings.finalInputSize(), averaged);
        }
        folder.append(point);
        listener.validated(point.step(), epoch, trainingLoss, loss, isBest);
        return isBest ? point : before.orElseThrow();
    }

    /** The scenes to learn, which must be those that the run began with. */
    private Optional<Scenes> scenes() throws IOException {
        if (!settings.variant().learnsScenes()) {
            return Optional.empty();
        }
        Scenes found = Scenes.of(photos);
        folder.keepScenes(found);
        return Optional.of(found);
    }

    private TrainableNetwork network(
            Architecture architecture, AbPrior prior, float[] weights, Optional<Scenes> scenes, int totalSteps)
            throws IOException {
        TrainableNetwork.Plan plan = new TrainableNetwork.Plan(
                settings.learningRate(),
                settings.warmUpSteps(),
                totalSteps,
                settings.weightDecay(),
                settings.averageDecay(),
                settings.seed());
        Optional<Path> checkpoint = folder.checkpoint();
        if (checkpoint.isPresent()) {
            return TrainableNetwork.resumed(architecture, plan, checkpoint.orElseThrow());
        }
        if (parent.isPresent()) {
            Weights network = parent.orElseThrow().network().trainedWith(weights);
            return TrainableNetwork.startingFrom(architecture, settings.inputSize(), plan, network);
        }
        return switch (architecture.head()) {
            case BIN_DISTRIBUTION ->
                TrainableNetwork.initialized(
                        architecture, settings.inputSize(), plan, rebalanced(prior.probabilities(), weights));
            case AB_PLANE ->
                TrainableNetwork.initialized(
                        architecture,
                        settings.inputSize(),
                        plan,
                        scenes.map(known -> known.names().size()).orElse(0));
        };
    }

    /** What a network that knows nothing of a photo should predict under the weighted loss. */
    private static double[] rebalanced(double[] probabilities, float[] weights) {
        double sum = 0;
        double[] rebalanced = new double[AbBins.COUNT];
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            rebalanced[bin] = probabilities[bin] * weights[bin] + 1e-5;
            sum += rebalanced[bin];
        }
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            rebalanced[bin] /= sum;
        }
        return rebalanced;
    }
}
