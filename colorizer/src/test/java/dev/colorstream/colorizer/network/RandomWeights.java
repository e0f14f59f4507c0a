package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.network.Layer.BatchNorm;
import java.util.Random;

/** Weights of a fixed seed at the scale that keeps a network's activations alive, batch normalization included. */
final class RandomWeights {
    private RandomWeights() {}

    static Weights of(Architecture architecture, long seed) {
        Random random = new Random(seed);
        Weights weights = new Weights();
        for (Layer layer : architecture.layers()) {
            for (Weights.Shape shape : Weights.shapesOf(layer)) {
                float[] values = new float[(int) shape.length()];
                double scale = Math.sqrt(2.0 / Math.max(1, shape.length() / shape.dimensions()[0]));
                for (int i = 0; i < values.length; i++) {
                    values[i] = switch (shape.role()) {
                        case Weights.KERNEL -> (float) (random.nextGaussian() * scale);
                        case Weights.SCALE -> 0.8f + 0.4f * random.nextFloat();
                        case Weights.VARIANCE -> 0.5f + random.nextFloat();
                        default -> (float) (random.nextGaussian() * (layer instanceof BatchNorm ? 0.1 : 0.05));
                    };
                }
                weights.put(layer.name(), shape.role(), values);
            }
        }
        return weights;
    }

    static float[] luminance(int photos, int size, long seed) {
        Random random = new Random(seed);
        float[] luminance = new float[photos * size * size];
        for (int i = 0; i < luminance.length; i++) {
            luminance[i] = 100 * random.nextFloat();
        }
        return luminance;
    }
}
