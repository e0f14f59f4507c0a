package dev.colorstream.colorizer;

import dev.colorstream.colorizer.annealing.AnnealedMean;
import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.network.Prediction;
import dev.colorstream.colorizer.network.Prediction.AbPlane;
import dev.colorstream.colorizer.network.Prediction.BinDistribution;

/** What the network said of one photo. Safe from several threads. */
public final class PhotoPrediction {
    private final Prediction prediction;

    PhotoPrediction(Prediction prediction) {
        this.prediction = prediction;
    }

    /**
     * The predicted colors, chroma scaled by the palette's saturation; not yet mapped into a gamut.
     *
     * @throws UnusablePredictionException where the network gave values that are no numbers
     */
    public AbPlanes decode(Palette palette) {
        int cells = prediction.height() * prediction.width();
        float[] a;
        float[] b;
        if (prediction instanceof BinDistribution bins) {
            a = new float[cells];
            b = new float[cells];
            new AnnealedMean(palette.temperature()).decode(bins.logits(), 0, cells, a, b);
        } else {
            AbPlane planes = (AbPlane) prediction;
            a = planes.a().clone();
            b = planes.b().clone();
        }
        for (int cell = 0; cell < cells; cell++) {
            a[cell] *= (float) palette.saturation();
            b[cell] *= (float) palette.saturation();
            if (!Float.isFinite(a[cell]) || !Float.isFinite(b[cell])) {
                throw new UnusablePredictionException("the network's output is not finite in cell " + cell + " of "
                        + prediction.height() + " x " + prediction.width());
            }
        }
        return new AbPlanes(prediction.height(), prediction.width(), a, b);
    }
}
