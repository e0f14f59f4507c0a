package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.abbins.AbBins;

/**
 * What one training step reads.
 *
 * @param photos how many photos
 * @param size the side of their square luminance planes, a multiple of {@link Architecture#SIZE_STEP}
 * @param luminance photos x size x size, row-major, L in [0,100]
 * @param targets photos x size/4 x size/4 x 313, row-major: each cell's soft encoding times its rebalancing weight; all
 *     zero for a cell that shall not count
 */
public record TrainingBatch(int photos, int size, float[] luminance, float[] targets) {
    public TrainingBatch {
        Architecture.requireInputSize(size);
        int cells = size / Architecture.REDUCTION * (size / Architecture.REDUCTION);
        if (luminance.length != photos * size * size || targets.length != photos * cells * AbBins.COUNT) {
            throw new IllegalArgumentException("a batch of " + photos + " photos of " + size + " x " + size + " has "
                    + luminance.length + " luminance values and " + targets.length + " target values");
        }
    }
}
