package dev.colorstream.trainer.publication;

import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.trainer.examples.PriorFile;
import java.io.IOException;
import java.util.Map;

/**
 * How vivid a network's colors are, changed after its training. A network trained with rebalancing weights {@code w}
 * predicts {@code p w}; with {@code (1 - r) log w} taken from the last layer's bias it predicts {@code p w^r}, whatever
 * engine runs it (logit adjustment; Menon et al., ICLR 2021).
 */
public final class Balance {
    /** The manifest's name for r, among the training's settings. */
    static final String KEPT = "chosenRebalancing";

    private static final String LAMBDA = "lambda";

    private Balance() {}

    /**
     * The weights of a network that keeps a share of its rebalancing.
     *
     * @param weights as trained
     * @param lambda of the training
     * @param kept r, in [0,1]
     */
    static Weights keeping(Architecture architecture, Weights weights, AbPrior prior, double lambda, double kept) {
        return weights.withBiasChanged(architecture.head(), shift(prior, lambda, kept - 1));
    }

    /**
     * The weights of a version as its training left them, to train on from.
     *
     * @throws IOException where its prior cannot be read
     */
    public static Weights asTrained(ModelVersionFolder version) throws IOException {
        ModelManifest manifest = version.manifest();
        Architecture architecture = Architecture.named(manifest.architecture())
                .predicting(Head.named(manifest.prediction().wireName()));
        Weights served = NetworkFile.read(version.file(ModelVersionFolder.NETWORK), architecture);
        Map<String, String> settings = manifest.training().hyperparameters();
        if (!settings.containsKey(KEPT)) {
            return served;
        }
        AbPrior prior = PriorFile.read(version.file(PriorFile.NAME));
        double lambda = Double.parseDouble(settings.get(LAMBDA));
        double kept = Double.parseDouble(settings.get(KEPT));
        return served.withBiasChanged(architecture.head(), shift(prior, lambda, 1 - kept));
    }

    private static float[] shift(AbPrior prior, double lambda, double factor) {
        float[] weights = prior.weights(lambda);
        float[] shift = new float[weights.length];
        for (int bin = 0; bin < shift.length; bin++) {
            shift[bin] = (float) (factor * Math.log(weights[bin]));
        }
        return shift;
    }
}
