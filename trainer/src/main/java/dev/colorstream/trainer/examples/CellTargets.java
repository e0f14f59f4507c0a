package dev.colorstream.trainer.examples;

import dev.colorstream.colorizer.abbins.SoftEncoding;
import dev.colorstream.colorizer.network.Head;

/** How a cell's color becomes what its prediction is held to. */
public sealed interface CellTargets {
    /** The kind of network that learns from these targets. */
    Head head();

    /**
     * Writes the target of a color.
     *
     * @param targets receives {@link Head#targetValues()} values from {@code offset}; zero before
     */
    void write(float a, float b, float[] targets, int offset);

    /**
     * The color's soft encoding times the weight of its nearest bin.
     *
     * @param weights the rebalancing weight of each bin; not copied
     */
    record SoftBins(SoftEncoding encoding, float[] weights) implements CellTargets {
        @Override
        public Head head() {
            return Head.BIN_DISTRIBUTION;
        }

        @Override
        public void write(float a, float b, float[] targets, int offset) {
            int position = encoding.position(a, b);
            float weight = weights[encoding.bin(position)];
            for (int i = position; i < position + encoding.neighbors(); i++) {
                targets[offset + encoding.bin(i)] = encoding.share(i) * weight;
            }
        }
    }

    /** The color itself, of weight 1. */
    record Colors() implements CellTargets {
        @Override
        public Head head() {
            return Head.AB_PLANE;
        }

        @Override
        public void write(float a, float b, float[] targets, int offset) {
            targets[offset] = a / Head.AB_UNIT;
            targets[offset + 1] = b / Head.AB_UNIT;
            targets[offset + 2] = 1;
        }
    }
}
