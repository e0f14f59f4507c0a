package dev.colorstream.trainer.publication;

import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.trainer.examples.PriorFile;
import dev.colorstream.trainer.training.TrainingRun;
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
    private static final String EVIDENCE_PHOTOS = "evidencePhotos";

    private Balance() {}

    /**
     * The weights of a network that keeps a share of its rebalancing.
     *
     * @param weights as trained
     * @param rebalancing w, of the training
     * @param kept r, in [0,1]
     */
    static Weights keeping(Architecture architecture, Weights weights, float[] rebalancing, double kept) {
        float[] shift = new float[rebalancing.length];
        for (int bin = 0; bin < shift.length; bin++) {
            shift[bin] = (float) ((kept - 1) * Math.log(rebalancing[bin]));
        }
        return weights.withBiasChanged(architecture.head(), shift);
    }

    /**
     * A version to train on from: with the rebalancing of that training instead of the one that it is served with. A version
     * that does not tell the latter, as one of imported weights, is taken as it is, and so is one that predicts colors
     * themselves.
     */
    public static TrainingRun.Start startOf(ModelVersionFolder version) {
        return rebalancing -> {
            ModelManifest manifest = version.manifest();
            Architecture architecture = Architecture.named(manifest.architecture())
                    .predicting(Head.named(manifest.prediction().wireName()));
            Weights served = NetworkFile.read(version.file(ModelVersionFolder.NETWORK), architecture);
            Map<String, String> settings = manifest.training().hyperparameters();
            if (architecture.head() != Head.BIN_DISTRIBUTION || !settings.containsKey(LAMBDA)) {
                return served;
            }
            float[] earlier = PriorFile.read(version.file(PriorFile.NAME))
                    .weights(number(settings, LAMBDA, 1), number(settings, EVIDENCE_PHOTOS, 0));
            double kept = number(settings, KEPT, 1);
            float[] shift = new float[rebalancing.length];
            for (int bin = 0; bin < shift.length; bin++) {
                shift[bin] = (float) (Math.log(rebalancing[bin]) - kept * Math.log(earlier[bin]));
            }
            return served.withBiasChanged(architecture.head(), shift);
        };
    }

    private static double number(Map<String, String> settings, String name, double otherwise) {
        String text = settings.get(name);
        return text == null ? otherwise : Double.parseDouble(text);
    }
}
