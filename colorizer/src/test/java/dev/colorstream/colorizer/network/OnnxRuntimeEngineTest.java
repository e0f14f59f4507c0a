package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.network.Layer.Convolution;
import dev.colorstream.colorizer.network.Prediction.BinDistribution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorShapeProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxRuntimeEngineTest {
    private static final Architecture SMALL = Architecture.named("eccv16-small");
    private static final int SIZE = 32;

    @TempDir
    Path folder;

    @Test
    void shouldDecodeToTheSameColorsAsDeeplearning4jForEveryArchitecture() {
        for (String name : Architecture.names()) {
            // given
            Architecture architecture = Architecture.named(name);
            Weights weights = RandomWeights.of(architecture, 3);
            Path file = folder.resolve(name + ".onnx");
            OnnxFile.write(file, architecture, weights, "test");
            List<float[]> photos = List.of(RandomWeights.luminance(1, SIZE, 4), RandomWeights.luminance(1, SIZE, 5));
            try (Colorizer onnx = Colorizer.of(OnnxRuntimeEngine.open(file, SIZE));
                    Colorizer dl4j = Colorizer.of(Dl4jEngine.plain(architecture, weights, SIZE))) {
                // when
                List<AbPlanes> colors = decoded(onnx, photos);
                List<AbPlanes> expected = decoded(dl4j, photos);

                // then
                for (int photo = 0; photo < photos.size(); photo++) {
                    AbPlanes one = colors.get(photo);
                    AbPlanes other = expected.get(photo);
                    assertThat(spread(other.a()) + spread(other.b())).as(name).isGreaterThan(1);
                    assertThat(one.a()).as(name).containsExactly(other.a(), within(0.05f));
                    assertThat(one.b()).as(name).containsExactly(other.b(), within(0.05f));
                }
            }
        }
    }

    @Test
    void shouldDecodeTheShippedNetworkToTheSameColorsAsDeeplearning4j() throws IOException {
        // given
        Path network;
        try (Stream<Path> files = Files.walk(Path.of("../models"))) {
            network = files.filter(file -> file.endsWith("network.zip"))
                    .findFirst()
                    .orElseThrow();
        }
        Weights weights = NetworkFile.read(network, SMALL);
        Path file = folder.resolve("network.onnx");
        OnnxFile.write(file, SMALL, weights, "shipped");
        List<float[]> photos = IntStream.range(0, 3)
                .mapToObj(seed -> RandomWeights.luminance(1, SIZE, seed))
                .toList();

        // when
        try (Colorizer onnx = Colorizer.of(OnnxRuntimeEngine.open(file, SIZE));
                Colorizer dl4j = Colorizer.of(Dl4jEngine.of(SMALL, weights, SIZE))) {
            List<AbPlanes> colors = decoded(onnx, photos);
            List<AbPlanes> expected = decoded(dl4j, photos);

            // then
            for (int photo = 0; photo < photos.size(); photo++) {
                assertThat(colors.get(photo).a())
                        .containsExactly(expected.get(photo).a(), within(0.05f));
                assertThat(colors.get(photo).b())
                        .containsExactly(expected.get(photo).b(), within(0.05f));
            }
        }
    }

    @Test
    void shouldPredictTheSameForABatchAsForItsPhotosAloneAtEverySize() {
        Path file = small();
        for (int size : new int[] {SIZE, 48}) {
            try (OnnxRuntimeEngine engine = OnnxRuntimeEngine.open(file, size)) {
                // given
                int photos = 5;
                float[] luminance = RandomWeights.luminance(photos, size, 8);

                // when
                List<Prediction> together = engine.predict(luminance, photos);

                // then
                assertThat(together).hasSize(photos);
                for (int photo = 0; photo < photos; photo++) {
                    float[] one = Arrays.copyOfRange(luminance, photo * size * size, (photo + 1) * size * size);
                    assertThat(logits(together.get(photo)))
                            .containsExactly(logits(engine.predict(one, 1).get(0)), within(1e-3f));
                }
            }
        }
    }

    @Test
    void shouldPredictTheSameFromSeveralThreads() {
        try (OnnxRuntimeEngine engine = OnnxRuntimeEngine.open(small(), SIZE, 2)) {
            // given
            List<float[]> inputs = IntStream.range(0, 8)
                    .mapToObj(seed -> RandomWeights.luminance(1, SIZE, seed))
                    .toList();
            List<float[]> expected = inputs.stream()
                    .map(input -> logits(engine.predict(input, 1).get(0)))
                    .toList();

            // when
            List<float[]> concurrent = inputs.parallelStream()
                    .map(input -> logits(engine.predict(input, 1).get(0)))
                    .toList();

            // then
            for (int i = 0; i < inputs.size(); i++) {
                assertThat(concurrent.get(i)).containsExactly(expected.get(i));
            }
        }
    }

    @Test
    void shouldPredictNothingOnceClosed() {
        OnnxRuntimeEngine engine = OnnxRuntimeEngine.open(small(), SIZE);
        engine.close();
        engine.close();

        assertThatThrownBy(() -> engine.predict(RandomWeights.luminance(1, SIZE, 1), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void shouldRefuseLuminanceOfAnotherSize() {
        try (OnnxRuntimeEngine engine = OnnxRuntimeEngine.open(small(), SIZE)) {
            assertThatThrownBy(() -> engine.predict(new float[SIZE * SIZE], 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1024 luminance values are not 2 photos");
        }
    }

    @Test
    void shouldRefuseAFileThatIsNoNetwork() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "no network at all");
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(Files.readAllBytes(small()), 100_000));

        for (Path file : List.of(text, cut, folder.resolve("missing.onnx"))) {
            assertThatThrownBy(() -> OnnxRuntimeEngine.open(file, SIZE))
                    .isInstanceOf(NetworkFileException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void shouldRefuseANetworkThatReadsOrGivesSomethingElse() throws IOException {
        // given
        ModelProto good = ModelProto.parseFrom(Files.readAllBytes(small()));
        ModelProto.Builder renamed = good.toBuilder();
        renamed.getGraphBuilder().getInputBuilder(0).setName("gray");
        renamed.getGraphBuilder().getNodeBuilder(0).setInput(0, "gray");
        ModelProto.Builder single = good.toBuilder();
        inputDimension(single, 0).setDimValue(1);
        ModelProto.Builder wide = good.toBuilder();
        inputDimension(wide, 3).setDimValue(SIZE * 2);

        // then
        assertRefused(renamed, "renamed.onnx", "gray");
        assertRefused(single, "single.onnx", "any number of photos");
        assertRefused(wide, "wide.onnx", "luminance");
    }

    @Test
    void shouldRefuseANetworkWhoseLogitsHaveAnotherSize() {
        // given: no stride, so that the plane is four times too wide, which shows only when it runs
        Architecture unreduced =
                new Architecture("unreduced", List.of(new Convolution("logits", Architecture.INPUT, 1, 313, 1, 1, 1)));
        Path file = folder.resolve("unreduced.onnx");
        OnnxFile.write(file, unreduced, RandomWeights.of(unreduced, 1), "test");

        assertThatThrownBy(() -> OnnxRuntimeEngine.open(file, SIZE))
                .isInstanceOf(NetworkFileException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shouldWriteTheSameBytesForTheSameNetworkAndNothingElse() throws IOException {
        byte[] first = Files.readAllBytes(small());
        byte[] second = Files.readAllBytes(small());

        assertThat(second).isEqualTo(first);
        assertThat(folder.toFile().list()).containsExactly("small.onnx");
        ModelProto model = ModelProto.parseFrom(first);
        assertThat(model.getProducerName()).isEqualTo("colorstream");
        assertThat(model.getDocString()).contains("test-version", "luminance", "logits");
        List<Layer> folded = FoldedNetwork.of(SMALL, RandomWeights.of(SMALL, 7))
                .architecture()
                .layers();
        assertThat(folded).hasSizeLessThan(SMALL.layers().size());
        assertThat(model.getGraph().getNodeList())
                .extracting(NodeProto::getName)
                .containsSubsequence(folded.stream().map(Layer::name).toList());
    }

    @Test
    void shouldWriteNoNetworkWithWeightsThatAreNoNumbers() {
        Weights weights = RandomWeights.of(SMALL, 11);
        weights.get(SMALL.layers().get(0).name(), Weights.KERNEL)[5] = Float.NaN;
        Path file = folder.resolve("broken.onnx");

        assertThatThrownBy(() -> OnnxFile.write(file, SMALL, weights, "broken"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken");
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldHaveANativeLibraryThatSendsNoTelemetry() throws IOException {
        try (InputStream library =
                OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/linux-x64/libonnxruntime.so")) {
            assertThat(library).isNotNull();
            String text = new String(library.readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(text.contains("onnxruntime")).isTrue();
            // Where releases of 1.29 and later send what they collect.
            assertThat(text.contains("events.data.microsoft.com")).isFalse();
        }
    }

    private Path small() {
        Path file = folder.resolve("small.onnx");
        OnnxFile.write(file, SMALL, RandomWeights.of(SMALL, 7), "test-version");
        return file;
    }

    private static TensorShapeProto.Dimension.Builder inputDimension(ModelProto.Builder model, int index) {
        return model.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(index);
    }

    private void assertRefused(ModelProto.Builder model, String name, String why) throws IOException {
        Path file = Files.write(folder.resolve(name), model.build().toByteArray());
        assertThatThrownBy(() -> OnnxRuntimeEngine.open(file, SIZE))
                .isInstanceOf(NetworkFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why);
    }

    private static List<AbPlanes> decoded(Colorizer colorizer, List<float[]> photos) {
        List<AbPlanes> colors = new ArrayList<>();
        colorizer.predict(photos).forEach(prediction -> colors.add(prediction.decode(Palette.DEFAULT)));
        return colors;
    }

    private static double spread(float[] values) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        return highest - lowest;
    }

    private static float[] logits(Prediction prediction) {
        return ((BinDistribution) prediction).logits();
    }
}
