package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.network.Layer.BatchNorm;
import dev.colorstream.colorizer.network.Layer.Convolution;
import dev.colorstream.colorizer.network.Layer.TransposedConvolution;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a network's layers by name, in no framework's layout. A convolution's kernel is out x in x k x k, a
 * transposed one's in x out x k x k, all row-major. The arrays are shared, not copied.
 */
public final class Weights {
    static final String KERNEL = "kernel";
    static final String BIAS = "bias";
    static final String SCALE = "scale";
    static final String SHIFT = "shift";
    static final String MEAN = "mean";
    static final String VARIANCE = "variance";

    private final Map<String, float[]> values = new HashMap<>();

    /** A tensor of a layer: its role and its dimensions. */
    record Shape(String role, long... dimensions) {
        long length() {
            return Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
        }
    }

    /** The tensors that a layer has; none for those that learn nothing. */
    static List<Shape> shapesOf(Layer layer) {
        if (layer instanceof Convolution c) {
            return List.of(new Shape(KERNEL, c.out(), c.in(), c.kernel(), c.kernel()), new Shape(BIAS, c.out()));
        } else if (layer instanceof TransposedConvolution t) {
            int kernel = TransposedConvolution.KERNEL;
            return List.of(new Shape(KERNEL, t.in(), t.out(), kernel, kernel), new Shape(BIAS, t.out()));
        } else if (layer instanceof BatchNorm b) {
            return List.of(
                    new Shape(SCALE, b.channels()),
                    new Shape(SHIFT, b.channels()),
                    new Shape(MEAN, b.channels()),
                    new Shape(VARIANCE, b.channels()));
        }
        return List.of();
    }

    /**
     * The tensor of a layer.
     *
     * @throws IllegalArgumentException where there is none
     */
    float[] get(String layer, String role) {
        float[] value = values.get(layer + "/" + role);
        if (value == null) {
            throw new IllegalArgumentException("no " + role + " of layer " + layer);
        }
        return value;
    }

    Weights put(String layer, String role, float[] value) {
        values.put(layer + "/" + role, value);
        return this;
    }

    /**
     * The same weights but for the bias of the layer that predicts.
     *
     * @param change is added to it; a value for each of the layer's channels, in their order: that of the ab bins, or a and b
     */
    public Weights withBiasChanged(Head head, float[] change) {
        float[] bias = get(head.layer(), BIAS).clone();
        if (change.length != bias.length) {
            throw new IllegalArgumentException(change.length + " values for a bias of " + bias.length);
        }
        for (int channel = 0; channel < bias.length; channel++) {
            bias[channel] += change[channel];
        }
        Weights changed = new Weights();
        changed.values.putAll(values);
        return changed.put(head.layer(), BIAS, bias);
    }

    /** Whether every value is a finite number. */
    public boolean areFinite() {
        for (float[] tensor : values.values()) {
            for (float value : tensor) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }
}
