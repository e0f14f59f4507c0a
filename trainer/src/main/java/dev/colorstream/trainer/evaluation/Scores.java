package dev.colorstream.trainer.evaluation;

import dev.colorstream.colorizer.Painting;
import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.image.BilinearRows;
import dev.colorstream.colorizer.image.ColorPhoto.EightBit;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.lab.CieLab;

/**
 * What one way of coloring scored on a set of photos; every photo counts alike, whatever its size. The ab error is that
 * of the colors as said, everything else that of the photo as painted: mapped into the gamut and rounded to 8 bits.
 */
final class Scores {
    /** A painted photo equal to the real one has no finite PSNR; this is what it counts. */
    private static final double HIGHEST_PSNR = 60;

    private final ErrorCurve errors = new ErrorCurve();
    private final ErrorCurve rebalanced = new ErrorCurve();
    private final ErrorCurve fullyRebalanced = new ErrorCurve();
    private final BinHistogram bins = new BinHistogram();
    private final BinHistogram realBins = new BinHistogram();
    private double colorfulness;
    private double realColorfulness;
    private double psnr;
    private double deltaE;
    private int photos;
    private int judged;
    private int recognized;

    /**
     * Weights of a pixel by the bin of its true color.
     *
     * @param half lambda 0.5, as in training
     * @param full lambda 0: every color that occurs counts alike
     */
    record Weights(float[] half, float[] full) {
        static Weights of(AbPrior prior) {
            return new Weights(prior.weights(0.5), prior.weights(0));
        }
    }

    /** The photo painted with these colors. */
    static EightBit paint(Photo photo, AbPlanes colors) {
        return (EightBit) Painting.paint(photo, colors);
    }

    /** What one photo scores. */
    static Scores of(Truth.Known truth, AbPlanes said, EightBit painted, Weights weights) {
        Scores scores = new Scores();
        scores.addErrors(truth, said, weights);
        scores.addAppearance(truth, painted.argb());
        scores.colorfulness = Colorfulness.of(painted.argb());
        scores.realColorfulness = Colorfulness.of(truth.rgb());
        scores.photos = 1;
        return scores;
    }

    private void addErrors(Truth.Known truth, AbPlanes said, Weights weights) {
        int width = truth.photo().width();
        int height = truth.photo().height();
        double share = 1.0 / truth.photo().pixels();
        BilinearRows rows = new BilinearRows(said, width, height);
        float[] a = new float[width];
        float[] b = new float[width];
        int pixel = 0;
        for (int y = 0; y < height; y++) {
            rows.read(y, a, b);
            for (int x = 0; x < width; x++) {
                float trueA = truth.colors().a()[pixel];
                float trueB = truth.colors().b()[pixel];
                double error = Math.hypot(a[x] - trueA, b[x] - trueB);
                int bin = BinHistogram.nearest(trueA, trueB);
                errors.add(error, share);
                rebalanced.add(error, share * weights.half()[bin]);
                fullyRebalanced.add(error, share * weights.full()[bin]);
                pixel++;
            }
        }
    }

    private void addAppearance(Truth.Known truth, int[] painted) {
        double share = 1.0 / painted.length;
        double squares = 0;
        float[] lab = new float[3];
        for (int pixel = 0; pixel < painted.length; pixel++) {
            int real = truth.rgb()[pixel];
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = (painted[pixel] >> shift & 0xff) - (real >> shift & 0xff);
                squares += difference * difference;
            }
            CieLab.fromRgb8(painted[pixel], lab, 0);
            float trueA = truth.colors().a()[pixel];
            float trueB = truth.colors().b()[pixel];
            deltaE += share
                    * DeltaE2000.between(lab[0], lab[1], lab[2], truth.photo().luminance()[pixel], trueA, trueB);
            bins.add(lab[1], lab[2], share);
            realBins.add(trueA, trueB, share);
        }
        psnr = Math.min(HIGHEST_PSNR, 10 * Math.log10(255.0 * 255 * 3 * painted.length / squares));
    }

    void add(Scores other) {
        errors.add(other.errors);
        rebalanced.add(other.rebalanced);
        fullyRebalanced.add(other.fullyRebalanced);
        bins.add(other.bins);
        realBins.add(other.realBins);
        colorfulness += other.colorfulness;
        realColorfulness += other.realColorfulness;
        psnr += other.psnr;
        deltaE += other.deltaE;
        photos += other.photos;
        judged += other.judged;
        recognized += other.recognized;
    }

    /** Notes whether one photo was taken for what it shows. */
    void judged(boolean isRecognized) {
        judged++;
        recognized += isRecognized ? 1 : 0;
    }

    /** The area under the curve of errors, rare colors weighted up by lambda 0.5. */
    WeighedArea rebalancedArea() {
        return rebalanced.weighedArea();
    }

    EvaluationReport.Row row(String name) {
        return new EvaluationReport.Row(
                name,
                errors.area(),
                rebalanced.area(),
                fullyRebalanced.area(),
                colorfulness / photos,
                colorfulness / realColorfulness,
                psnr / photos,
                deltaE / photos,
                bins.shareUsed(),
                bins.distance(realBins),
                judged == 0 ? null : (double) recognized / judged);
    }
}
