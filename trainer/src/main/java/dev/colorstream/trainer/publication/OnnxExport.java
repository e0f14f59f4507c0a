package dev.colorstream.trainer.publication;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Dl4jEngine;
import dev.colorstream.colorizer.network.OnnxFile;
import dev.colorstream.colorizer.network.OnnxRuntimeEngine;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.contract.ModelVersionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** {@code network.onnx} made of {@code network.zip}, with the proof that both paint the same colors. */
final class OnnxExport {
    /** How far a and b of any cell may lie apart. */
    static final double TOLERANCE = 0.05;

    private static final long SEED = 1;

    private OnnxExport() {}

    /**
     * Writes the file and runs both engines on the same inputs.
     *
     * @param inputSize S that workers shall serve the network with
     * @return how far a and b of any cell lie apart at most
     * @throws EnginesDisagreeException where that is more than {@link #TOLERANCE}; the file is no good then
     */
    static double write(Path file, Weights weights, Architecture architecture, int inputSize, ModelVersionId version) {
        OnnxFile.write(file, architecture, weights, version.value());
        return requireAlike(file, architecture, weights, inputSize);
    }

    static double requireAlike(Path file, Architecture architecture, Weights weights, int inputSize) {
        List<float[]> inputs = inputs(inputSize);
        List<AbPlanes> expected;
        try (Colorizer dl4j = Colorizer.of(Dl4jEngine.of(architecture, weights, inputSize))) {
            expected = decoded(dl4j, inputs);
        }
        List<AbPlanes> found;
        try (Colorizer onnx = Colorizer.of(OnnxRuntimeEngine.open(file, inputSize))) {
            found = decoded(onnx, inputs);
        }
        double furthest = 0;
        for (int i = 0; i < inputs.size(); i++) {
            furthest = Math.max(
                    furthest, furthest(found.get(i).a(), expected.get(i).a()));
            furthest = Math.max(
                    furthest, furthest(found.get(i).b(), expected.get(i).b()));
        }
        if (furthest > TOLERANCE) {
            throw new EnginesDisagreeException(String.format(
                    Locale.ROOT,
                    "%s paints other colors than Deeplearning4j: a and b of %d inputs lie up to %.4f apart, not %.4f",
                    file,
                    inputs.size(),
                    furthest,
                    TOLERANCE));
        }
        return furthest;
    }

    /** Noise, which excites every channel, and slopes, which are smooth as photos are. */
    private static List<float[]> inputs(int size) {
        Random random = new Random(SEED);
        List<float[]> inputs = new ArrayList<>();
        for (int photo = 0; photo < 2; photo++) {
            float[] noise = new float[size * size];
            float[] slope = new float[size * size];
            double direction = 2 * Math.PI * random.nextDouble();
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    noise[y * size + x] = 100 * random.nextFloat();
                    double along = (x * Math.cos(direction) + y * Math.sin(direction)) / size;
                    slope[y * size + x] = (float) (50 + 50 * Math.sin(Math.PI * along));
                }
            }
            inputs.add(noise);
            inputs.add(slope);
        }
        return inputs;
    }

    private static List<AbPlanes> decoded(Colorizer colorizer, List<float[]> inputs) {
        return colorizer.predict(inputs).stream()
                .map(prediction -> prediction.decode(Palette.DEFAULT))
                .toList();
    }

    private static double furthest(float[] left, float[] right) {
        double furthest = 0;
        for (int cell = 0; cell < left.length; cell++) {
            furthest = Math.max(furthest, Math.abs(left[cell] - right[cell]));
        }
        return furthest;
    }
}
