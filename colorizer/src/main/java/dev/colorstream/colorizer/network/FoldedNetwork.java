package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.network.Layer.BatchNorm;
import dev.colorstream.colorizer.network.Layer.Convolution;
import dev.colorstream.colorizer.network.Layer.Fusion;
import dev.colorstream.colorizer.network.Layer.GlobalMean;
import dev.colorstream.colorizer.network.Layer.Relu;
import dev.colorstream.colorizer.network.Layer.Sum;
import dev.colorstream.colorizer.network.Layer.TransposedConvolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network of the same function with fewer layers: each batch normalization that directly follows a convolution is
 * multiplied into it. Exact in real numbers. One that follows a ReLU stays, since the next convolution's zero padding
 * keeps it from folding forward.
 */
record FoldedNetwork(Architecture architecture, Weights weights) {
    static FoldedNetwork of(Architecture architecture, Weights weights) {
        Map<String, Layer> byName = new HashMap<>();
        Map<String, Integer> readers = new HashMap<>();
        for (Layer layer : architecture.layers()) {
            byName.put(layer.name(), layer);
            layer.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        Weights folded = new Weights();
        List<Layer> kept = new ArrayList<>();
        Map<String, String> replacedBy = new HashMap<>();
        for (Layer layer : architecture.layers()) {
            Layer before = byName.get(layer.input());
            if (layer instanceof BatchNorm norm
                    && (before instanceof Convolution || before instanceof TransposedConvolution)
                    && readers.getOrDefault(before.name(), 0) == 1) {
                fold(before, norm, weights, folded);
                replacedBy.put(layer.name(), before.name());
                continue;
            }
            for (Weights.Shape shape : Weights.shapesOf(layer)) {
                folded.put(layer.name(), shape.role(), weights.get(layer.name(), shape.role()));
            }
            kept.add(reading(layer, replacedBy));
        }
        return new FoldedNetwork(new Architecture(architecture.name(), kept), folded);
    }

    private static Layer reading(Layer layer, Map<String, String> replacedBy) {
        String input = replacedBy.getOrDefault(layer.input(), layer.input());
        if (layer instanceof Convolution c) {
            return new Convolution(c.name(), input, c.in(), c.out(), c.kernel(), c.stride(), c.dilation());
        } else if (layer instanceof TransposedConvolution t) {
            return new TransposedConvolution(t.name(), input, t.in(), t.out());
        } else if (layer instanceof BatchNorm b) {
            return new BatchNorm(b.name(), input, b.channels());
        } else if (layer instanceof Relu r) {
            return new Relu(r.name(), input);
        } else if (layer instanceof Sum s) {
            return new Sum(s.name(), input, replacedBy.getOrDefault(s.other(), s.other()));
        } else if (layer instanceof GlobalMean g) {
            return new GlobalMean(g.name(), input);
        } else if (layer instanceof Fusion f) {
            return new Fusion(f.name(), input, replacedBy.getOrDefault(f.other(), f.other()));
        }
        throw new IllegalStateException("a layer of no known kind: " + layer);
    }

    private static void fold(Layer convolution, BatchNorm norm, Weights from, Weights to) {
        float[] kernel = from.get(convolution.name(), Weights.KERNEL).clone();
        float[] bias = from.get(convolution.name(), Weights.BIAS).clone();
        float[] scale = from.get(norm.name(), Weights.SCALE);
        float[] shift = from.get(norm.name(), Weights.SHIFT);
        float[] mean = from.get(norm.name(), Weights.MEAN);
        float[] variance = from.get(norm.name(), Weights.VARIANCE);
        boolean outFirst = convolution instanceof Convolution;
        int out = norm.channels();
        int taps = TransposedConvolution.KERNEL * TransposedConvolution.KERNEL;
        int perOut = kernel.length / out;
        double[] factor = new double[out];
        for (int channel = 0; channel < out; channel++) {
            factor[channel] = scale[channel] / Math.sqrt(variance[channel] + BatchNorm.EPSILON);
            bias[channel] = (float) ((bias[channel] - mean[channel]) * factor[channel] + shift[channel]);
        }
        for (int i = 0; i < kernel.length; i++) {
            int channel = outFirst ? i / perOut : i / taps % out;
            kernel[i] = (float) (kernel[i] * factor[channel]);
        }
        to.put(convolution.name(), Weights.KERNEL, kernel).put(convolution.name(), Weights.BIAS, bias);
    }
}
