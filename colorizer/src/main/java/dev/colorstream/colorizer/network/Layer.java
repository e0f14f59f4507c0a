package dev.colorstream.colorizer.network;

import java.util.List;

/**
 * One step of an {@link Architecture}: its name, what it reads and its shape. Planes are channels x height x width.
 */
public sealed interface Layer {
    /** The layer's own name, unique in its architecture. */
    String name();

    /** The name of the layer whose output this one reads, or {@link Architecture#INPUT}. */
    String input();

    /** The names of all layers that this one reads, {@link #input()} first. */
    default List<String> inputs() {
        return List.of(input());
    }

    /**
     * A square convolution with bias, padded so that stride 1 keeps the size.
     *
     * @param stride 1 keeps the size, 2 halves it
     * @param dilation distance of the kernel's taps; with 2 the input's sides must be even
     */
    record Convolution(String name, String input, int in, int out, int kernel, int stride, int dilation)
            implements Layer {}

    /** A 4 x 4 transposed convolution with bias, stride 2, padding 1: doubles the size. */
    record TransposedConvolution(String name, String input, int in, int out) implements Layer {
        static final int KERNEL = 4;
        static final int STRIDE = 2;
        static final int PADDING = 1;
    }

    /** Batch normalization with learned scale and shift. */
    record BatchNorm(String name, String input, int channels) implements Layer {
        static final double EPSILON = 1e-5;
    }

    /** max(0, x). */
    record Relu(String name, String input) implements Layer {}

    /** The sum of two planes of one shape. */
    record Sum(String name, String input, String other) implements Layer {
        @Override
        public List<String> inputs() {
            return List.of(input, other);
        }
    }

    /** The mean of each channel over all places: a plane of 1 x 1. */
    record GlobalMean(String name, String input) implements Layer {}

    /**
     * A plane's channels, then those of a plane of 1 x 1 repeated at each of its places.
     *
     * @param other the plane of 1 x 1
     */
    record Fusion(String name, String input, String other) implements Layer {
        @Override
        public List<String> inputs() {
            return List.of(input, other);
        }
    }
}
