package dev.colorstream.trainer.examples;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.abbins.SoftEncoding;
import dev.colorstream.trainer.dataset.LabPhoto;
import dev.colorstream.trainer.dataset.PreparedPhotos;

/** Counts how often each ab bin occurs in the training photos, and in how many, at about the scale of the targets. */
public final class PriorCounter {
    private static final int SIDE = 20;

    private PriorCounter() {}

    /** The prior of the training photos' colors. */
    public static AbPrior count(PreparedPhotos photos, SoftEncoding encoding) {
        return photos.training().parallelStream()
                .map(entry -> countsOf(photos.load(entry), encoding))
                .collect(AbPrior.Tally::new, AbPrior.Tally::add, AbPrior.Tally::add)
                .prior();
    }

    private static double[] countsOf(LabPhoto photo, SoftEncoding encoding) {
        Crop whole = Crop.whole(photo);
        float[] a = new float[SIDE * SIDE];
        float[] b = new float[SIDE * SIDE];
        whole.average(photo, 1, SIDE, 1, -LabPhoto.NEUTRAL, a, 0);
        whole.average(photo, 2, SIDE, 1, -LabPhoto.NEUTRAL, b, 0);
        double[] counts = new double[AbBins.COUNT];
        for (int i = 0; i < a.length; i++) {
            counts[encoding.nearest(a[i], b[i])]++;
        }
        return counts;
    }
}
