package dev.colorstream.colorizer.abbins;

/**
 * The soft encoding of an ab color: its nearest bins, each with a share that falls with distance as a Gaussian, shares
 * summing to 1 (Zhang et al. 2016, section 2.2: 5 nearest bins, sigma 5).
 *
 * <p>Colors are looked up on a grid of 1 ab unit over [-128,127]^2, a tenth of the bins' own step; farther colors are
 * taken for the nearest on the grid.
 */
public final class SoftEncoding {
    /** The paper's number of neighbors. */
    public static final int PAPER_NEIGHBORS = 5;

    private static final double SIGMA = 5;
    private static final int LOWEST = -128;
    private static final int SIDE = 256;

    private final int neighbors;
    private final short[] bins;
    private final float[] shares;

    /**
     * @param neighbors how many bins share a color, in [1, {@link AbBins#COUNT}]
     */
    public SoftEncoding(int neighbors) {
        if (neighbors < 1 || neighbors > AbBins.COUNT) {
            throw new IllegalArgumentException("neighbors " + neighbors + " not in [1," + AbBins.COUNT + "]");
        }
        this.neighbors = neighbors;
        this.bins = new short[SIDE * SIDE * neighbors];
        this.shares = new float[SIDE * SIDE * neighbors];
        for (int a = 0; a < SIDE; a++) {
            for (int b = 0; b < SIDE; b++) {
                encode(a + LOWEST, b + LOWEST, (a * SIDE + b) * neighbors);
            }
        }
    }

    /** How many bins share a color. */
    public int neighbors() {
        return neighbors;
    }

    /**
     * Where the encoding of (a, b) begins: neighbor i of {@link #neighbors()}, nearest first, is read by
     * {@code bin(position + i)} and {@code share(position + i)}.
     */
    public int position(float a, float b) {
        return (gridIndex(a) * SIDE + gridIndex(b)) * neighbors;
    }

    /** The bin at a position of {@link #position}. */
    public int bin(int position) {
        return bins[position];
    }

    /** The share in (0,1] of the bin at a position of {@link #position}. */
    public float share(int position) {
        return shares[position];
    }

    /** The bin nearest to (a, b). */
    public int nearest(float a, float b) {
        return bins[position(a, b)];
    }

    private static int gridIndex(float value) {
        return Math.max(0, Math.min(SIDE - 1, Math.round(value) - LOWEST));
    }

    private void encode(int a, int b, int position) {
        double[] squared = new double[neighbors];
        int found = 0;
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            double distance = AbBins.squaredDistance(bin, a, b);
            int rank = found < neighbors ? found++ : neighbors;
            while (rank > 0 && squared[rank - 1] > distance) {
                if (rank < neighbors) {
                    squared[rank] = squared[rank - 1];
                    bins[position + rank] = bins[position + rank - 1];
                }
                rank--;
            }
            if (rank < neighbors) {
                squared[rank] = distance;
                bins[position + rank] = (short) bin;
            }
        }
        double nearest = squared[0];
        double sum = 0;
        for (int i = 0; i < neighbors; i++) {
            // Relative to the nearest, so that a color far from every bin still has shares.
            squared[i] = Math.exp(-(squared[i] - nearest) / (2 * SIGMA * SIGMA));
            sum += squared[i];
        }
        for (int i = 0; i < neighbors; i++) {
            shares[position + i] = (float) (squared[i] / sum);
        }
    }
}
