package dev.colorstream.colorizer.network;

/**
 * What one training step reads.
 *
 * @param photos how many photos
 * @param size the side of their square luminance planes, a multiple of {@link Architecture#SIZE_STEP}
 * @param luminance photos x size x size, row-major, L in [0,100]
 * @param targets photos x size/4 x size/4 x {@link Head#targetValues()}, row-major: for each cell its soft encoding times
 *     its rebalancing weight, or its color divided by {@link Head#AB_UNIT} and its weight; all zero for a cell that shall
 *     not count
 * @param scenes the index of each photo's scene; empty where scenes are not learned
 */
public record TrainingBatch(int photos, int size, float[] luminance, float[] targets, int[] scenes) {
    public TrainingBatch {
        Architecture.requireInputSize(size);
        int cells = size / Architecture.REDUCTION * (size / Architecture.REDUCTION);
        if (photos < 1
                || luminance.length != photos * size * size
                || targets.length % (photos * cells) != 0
                || (scenes.length != 0 && scenes.length != photos)) {
            throw new IllegalArgumentException("a batch of " + photos + " photos of " + size + " x " + size + " has "
                    + luminance.length + " luminance values, " + targets.length + " target values and " + scenes.length
                    + " scenes");
        }
    }

    /** A batch of photos whose scenes are not learned. */
    public TrainingBatch(int photos, int size, float[] luminance, float[] targets) {
        this(photos, size, luminance, targets, new int[0]);
    }

    /** How many cells the targets have, of all photos. */
    int cells() {
        return photos * (size / Architecture.REDUCTION) * (size / Architecture.REDUCTION);
    }
}
