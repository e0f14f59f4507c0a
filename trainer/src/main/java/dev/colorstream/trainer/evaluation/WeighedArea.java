package dev.colorstream.trainer.evaluation;

/**
 * What a photo adds to a set's area under the curve of errors, which is the sum of the areas over the sum of the weights.
 *
 * @param area in percent, times the weight
 * @param weight of the photo's pixels
 */
public record WeighedArea(double area, double weight) {
    /** The area of this photo alone, in percent. */
    public double mean() {
        return area / weight;
    }
}
