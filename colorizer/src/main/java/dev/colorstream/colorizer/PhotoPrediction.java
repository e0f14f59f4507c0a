package dev.colorstream.colorizer;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.annealing.AnnealedMean;
import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.network.Prediction;
import dev.colorstream.colorizer.network.Prediction.AbPlane;
import dev.colorstream.colorizer.network.Prediction.BinDistribution;
import java.util.Arrays;

/**
 * What the network said of one photo: its slice of a batch's prediction. Shares the batch's arrays, which therefore live
 * as long as the last of its photos. Safe from several threads.
 */
public final class PhotoPrediction {
    private final Prediction batch;
    private final int index;

    PhotoPrediction(Prediction batch, int index) {
        this.batch = batch;
        this.index = index;
    }

    /**
     * The predicted colors, chroma scaled by the palette's saturation; not yet mapped into a gamut.
     *
     * @throws UnusablePredictionException where the network gave values that are no numbers
     */
    public AbPlanes decode(Palette palette) {
        int cells = batch.height() * batch.width();
        float[] a;
        float[] b;
        if (batch instanceof BinDistribution bins) {
            a = new float[cells];
            b = new float[cells];
            new AnnealedMean(palette.temperature()).decode(bins.logits(), index * cells * AbBins.COUNT, cells, a, b);
        } else {
            AbPlane planes = (AbPlane) batch;
            a = Arrays.copyOfRange(planes.a(), index * cells, (index + 1) * cells);
            b = Arrays.copyOfRange(planes.b(), index * cells, (index + 1) * cells);
        }
        for (int cell = 0; cell < cells; cell++) {
            a[cell] *= (float) palette.saturation();
            b[cell] *= (float) palette.saturation();
            if (!Float.isFinite(a[cell]) || !Float.isFinite(b[cell])) {
                throw new UnusablePredictionException("the network's output is not finite in cell " + cell + " of "
                        + batch.height() + " x " + batch.width());
            }
        }
        return new AbPlanes(batch.height(), batch.width(), a, b);
    }
}
