package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.network.Layer.BatchNorm;
import dev.colorstream.colorizer.network.Layer.Convolution;
import dev.colorstream.colorizer.network.Layer.Fusion;
import dev.colorstream.colorizer.network.Layer.GlobalMean;
import dev.colorstream.colorizer.network.Layer.Relu;
import dev.colorstream.colorizer.network.Layer.Sum;
import dev.colorstream.colorizer.network.Layer.TransposedConvolution;
import dev.colorstream.colorizer.network.Prediction.BinDistribution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Both engines compute the same, layer by layer and for a whole micro-batch. In a build of the profile {@code cuda} or
 * {@code cuda-ort} one of the two is on the card and the other on the CPU: {@code mvn verify -Pcuda -Dgroups=gpu}.
 */
@Tag("gpu")
final class EngineParityTest {
    private static final int SIZE = 32;
    private static final int PHOTOS = 3;
    private static final int CHANNELS = 8;

    /** Float sums in another order, over up to 9 x 313 products. */
    private static final float TOLERANCE = 2e-3f;

    @TempDir
    Path folder;

    /** Architectures of one kind of layer between what brings a plane to a quarter of the side and the prediction. */
    static Stream<Architecture> layers() {
        return Stream.of(
                between("convolution", new Convolution("tested", "half", CHANNELS, CHANNELS, 3, 2, 1)),
                between(
                        "pointwise",
                        new Convolution("point", "half", CHANNELS, CHANNELS, 1, 1, 1),
                        new Convolution("tested", "point", CHANNELS, CHANNELS, 3, 2, 1)),
                between(
                        "dilated",
                        new Convolution("quarter", "half", CHANNELS, CHANNELS, 3, 2, 1),
                        new Convolution("tested", "quarter", CHANNELS, CHANNELS, 3, 1, 2)),
                between(
                        "transposed",
                        new Convolution("quarter", "half", CHANNELS, CHANNELS, 3, 2, 1),
                        new Convolution("eighth", "quarter", CHANNELS, CHANNELS, 3, 2, 1),
                        new TransposedConvolution("tested", "eighth", CHANNELS, CHANNELS)),
                between(
                        "normalized-before-relu",
                        new Convolution("quarter", "half", CHANNELS, CHANNELS, 3, 2, 1),
                        new BatchNorm("normalized", "quarter", CHANNELS),
                        new Relu("tested", "normalized")),
                between(
                        "normalized-after-relu",
                        new Convolution("quarter", "half", CHANNELS, CHANNELS, 3, 2, 1),
                        new Relu("positive", "quarter"),
                        new BatchNorm("tested", "positive", CHANNELS)),
                between(
                        "sum",
                        new Convolution("quarter", "half", CHANNELS, CHANNELS, 3, 2, 1),
                        new Convolution("other", "quarter", CHANNELS, CHANNELS, 3, 1, 1),
                        new Sum("tested", "quarter", "other")),
                between(
                        "fusion",
                        new Convolution("quarter", "half", CHANNELS, CHANNELS / 2, 3, 2, 1),
                        new GlobalMean("mean", "quarter"),
                        new Convolution("global", "mean", CHANNELS / 2, CHANNELS / 2, 1, 1, 1),
                        new Fusion("tested", "quarter", "global")));
    }

    private static Architecture between(String name, Layer... tested) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Convolution("half", Architecture.INPUT, 1, CHANNELS, 3, 2, 1));
        layers.addAll(List.of(tested));
        layers.add(new Convolution("logits", "tested", CHANNELS, Head.BIN_DISTRIBUTION.channels(), 1, 1, 1));
        return new Architecture(name, layers);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldComputeTheSameLayer(Architecture architecture) {
        // given
        Weights weights = RandomWeights.of(architecture, 17);
        Path file = folder.resolve("network.onnx");
        OnnxFile.write(file, architecture, weights, "test");
        float[] luminance = RandomWeights.luminance(PHOTOS, SIZE, 18);

        try (OnnxRuntimeEngine onnx = OnnxRuntimeEngine.open(file, SIZE);
                Dl4jEngine plain = Dl4jEngine.plain(architecture, weights, SIZE);
                Dl4jEngine serving = Dl4jEngine.of(architecture, weights, SIZE)) {
            // when
            List<Prediction> expected = plain.predict(luminance, PHOTOS);

            // then
            for (InferenceEngine engine : List.of(onnx, serving)) {
                List<Prediction> predicted = engine.predict(luminance, PHOTOS);
                for (int photo = 0; photo < PHOTOS; photo++) {
                    float[] logits = logits(expected.get(photo));
                    assertThat(spread(logits)).as("the layer says something").isGreaterThan(0.5f);
                    assertThat(logits(predicted.get(photo)))
                            .as(engine.getClass().getSimpleName())
                            .containsExactly(logits, within(TOLERANCE * Math.max(1, spread(logits))));
                }
            }
        }
    }

    @Test
    void shouldGiveAWholeMicroBatchTheSameColors() {
        // given
        Architecture architecture = Architecture.named("eccv16-small");
        Weights weights = RandomWeights.of(architecture, 19);
        Path file = folder.resolve("network.onnx");
        OnnxFile.write(file, architecture, weights, "test");
        List<float[]> photos = IntStream.range(0, 8)
                .mapToObj(seed -> RandomWeights.luminance(1, SIZE, seed))
                .toList();

        try (Colorizer onnx = Colorizer.of(OnnxRuntimeEngine.open(file, SIZE));
                Colorizer dl4j = Colorizer.of(Dl4jEngine.of(architecture, weights, SIZE))) {
            // when
            List<AbPlanes> one = decoded(onnx, photos);
            List<AbPlanes> other = decoded(dl4j, photos);

            // then
            for (int photo = 0; photo < photos.size(); photo++) {
                assertThat(one.get(photo).a()).containsExactly(other.get(photo).a(), within(0.05f));
                assertThat(one.get(photo).b()).containsExactly(other.get(photo).b(), within(0.05f));
            }
        }
    }

    @Test
    void shouldBeOnTheCardInABuildForCards() {
        assumeTrue(CudaCards.isCudaBuild() || CudaCards.isCudaOrtBuild(), "a build of the profile cuda or cuda-ort");

        if (CudaCards.isCudaBuild()) {
            CpuBackend.load();
            assertThat(Nd4j.getEnvironment().isCPU()).isFalse();
        } else {
            assertThat(OnnxRuntimeEngine.isOnCard()).isTrue();
        }
    }

    private static List<AbPlanes> decoded(Colorizer colorizer, List<float[]> photos) {
        return colorizer.predict(photos).stream()
                .map(prediction -> prediction.decode(Palette.DEFAULT))
                .toList();
    }

    private static float[] logits(Prediction prediction) {
        return ((BinDistribution) prediction).logits();
    }

    private static float spread(float[] values) {
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        return highest - lowest;
    }
}
