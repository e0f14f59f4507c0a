package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.network.Prediction.AbPlane;
import dev.colorstream.colorizer.network.Prediction.BinDistribution;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkTest {
    private static final Architecture SMALL = Architecture.named("eccv16-small");
    private static final int SIZE = 32;

    @Test
    void shouldHaveThePapersSizeAtFullSize() {
        // 32.23 M parameters with learned scale and shift and running statistics.
        assertThat(Architecture.named("eccv16").parameters()).isBetween(32_200_000L, 32_260_000L);
    }

    @Test
    void shouldHaveTwoToFourMillionParametersWhenSmall() {
        assertThat(SMALL.parameters()).isBetween(2_000_000L, 4_000_000L);
        assertThat(Architecture.named("fusion-small").parameters()).isBetween(2_000_000L, 4_000_000L);
    }

    @Test
    void shouldNameTheKnownArchitecturesWhenAskedForAnUnknownOne() {
        assertThatThrownBy(() -> Architecture.named("vgg"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vgg")
                .hasMessageContaining("eccv16-small");
    }

    @Test
    void shouldChooseTheNativeLibraryByTheCpu() {
        Set<String> avx2 = Set.of("sse2", "avx", "avx2", "fma");
        Set<String> avx512 =
                Set.of("avx2", "fma", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx512_vnni");

        assertThat(CpuBackend.forFlags(avx2)).isEqualTo(CpuBackend.AVX2);
        assertThat(CpuBackend.forFlags(avx512)).isEqualTo(CpuBackend.AVX512);
        assertThatThrownBy(() -> CpuBackend.forFlags(Set.of("sse2", "avx")))
                .isInstanceOf(UnsupportedCpuException.class)
                .hasMessageContaining("AVX2");
    }

    @Test
    void shouldRunEveryConvolutionByOneDnn() throws IOException {
        // given
        ComputationGraph graph = Dl4jGraph.serving(SMALL, SIZE);

        // when
        List<OneDnnConvolution.Running> convolutions = Arrays.stream(graph.getLayers())
                .filter(OneDnnConvolution.Running.class::isInstance)
                .map(OneDnnConvolution.Running.class::cast)
                .toList();

        // then
        assertThat(convolutions).hasSizeGreaterThan(10).allMatch(OneDnnConvolution.Running::isServedByOneDnn);
        assertThat(Files.readString(Path.of("/proc/self/maps")))
                .contains("onednn")
                .contains("libnd4jcpu");
        graph.close();
    }

    @Test
    void shouldPredictTheSameFoldedByOneDnnAsPlain() {
        List<Architecture> architectures = new ArrayList<>(
                Architecture.names().stream().map(Architecture::named).toList());
        architectures.add(SMALL.predicting(Head.AB_PLANE));
        for (Architecture architecture : architectures) {
            // given
            String name = architecture.name() + " " + architecture.head();
            Weights weights = RandomWeights.of(architecture, 3);
            float[] luminance = RandomWeights.luminance(2, SIZE, 4);
            try (Dl4jEngine serving = Dl4jEngine.of(architecture, weights, SIZE);
                    Dl4jEngine plain = Dl4jEngine.plain(architecture, weights, SIZE)) {
                // when
                float[] served = values(serving.predict(luminance, 2));
                float[] expected = values(plain.predict(luminance, 2));

                // then
                double spread = standardDeviation(expected);
                assertThat(spread).isGreaterThan(1e-3);
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) served[i]).as(name).isCloseTo(expected[i], within(2e-3 * spread));
                }
            }
        }
    }

    @Test
    void shouldPredictTheSameForABatchAsForItsPhotosAlone() {
        // given
        int photos = 5;
        float[] luminance = RandomWeights.luminance(photos, SIZE, 8);
        try (Dl4jEngine engine = Dl4jEngine.of(SMALL, RandomWeights.of(SMALL, 7), SIZE)) {
            // when
            float[] together = values(engine.predict(luminance, photos));

            // then
            int perPhoto = together.length / photos;
            for (int photo = 0; photo < photos; photo++) {
                float[] one = Arrays.copyOfRange(luminance, photo * SIZE * SIZE, (photo + 1) * SIZE * SIZE);
                float[] alone = values(engine.predict(one, 1));
                for (int i = 0; i < perPhoto; i++) {
                    assertThat(together[photo * perPhoto + i]).isCloseTo(alone[i], within(1e-3f));
                }
            }
        }
    }

    @Test
    void shouldPredictTheSameFromSeveralThreads() {
        // given
        try (Dl4jEngine engine = Dl4jEngine.of(SMALL, RandomWeights.of(SMALL, 7), SIZE)) {
            List<float[]> inputs = IntStream.range(0, 8)
                    .mapToObj(i -> RandomWeights.luminance(1, SIZE, i))
                    .toList();
            List<float[]> expected = inputs.stream()
                    .map(input -> values(engine.predict(input, 1)))
                    .toList();

            // when
            List<float[]> concurrent = inputs.parallelStream()
                    .map(input -> values(engine.predict(input, 1)))
                    .toList();

            // then
            for (int i = 0; i < inputs.size(); i++) {
                assertThat(concurrent.get(i)).containsExactly(expected.get(i));
            }
        }
    }

    @Test
    void shouldGiveAnAbPlaneInUnitsOfLab() {
        Prediction prediction = Head.AB_PLANE.prediction(1, 2, new float[] {0.5f, -1, 2, 0});

        AbPlane plane = (AbPlane) prediction;
        assertThat(plane.a()).containsExactly(25, 100);
        assertThat(plane.b()).containsExactly(-50, 0);
    }

    @Test
    void shouldFuseGlobalFeaturesAtInputsOfEverySize() {
        Architecture fusion = Architecture.named("fusion-small");
        Weights weights = RandomWeights.of(fusion, 3);
        for (int size : List.of(16, 48, 80)) {
            float[] luminance = RandomWeights.luminance(1, size, 4);
            try (Dl4jEngine serving = Dl4jEngine.of(fusion, weights, size);
                    Dl4jEngine plain = Dl4jEngine.plain(fusion, weights, size)) {
                float[] served = values(serving.predict(luminance, 1));
                float[] expected = values(plain.predict(luminance, 1));
                assertThat(served).hasSize(2 * (size / 4) * (size / 4));
                for (int i = 0; i < expected.length; i++) {
                    assertThat(served[i]).isCloseTo(expected[i], within(0.2f));
                }
            }
        }
    }

    @Test
    void shouldKeepEveryWeightThroughItsFile(@TempDir Path folder) {
        Path file = folder.resolve("network.zip");
        for (Architecture architecture : List.of(SMALL, Architecture.named("fusion-small"))) {
            // given
            Weights weights = RandomWeights.of(architecture, 11);

            // when
            NetworkFile.write(file, architecture, SIZE, weights);
            Weights read = NetworkFile.read(file, architecture);

            // then
            for (Layer layer : architecture.layers()) {
                for (Weights.Shape shape : Weights.shapesOf(layer)) {
                    assertThat(read.get(layer.name(), shape.role())).isEqualTo(weights.get(layer.name(), shape.role()));
                }
            }
        }
        assertThat(folder.toFile().list()).containsExactly("network.zip");
    }

    @Test
    void shouldRefuseANetworkWithWeightsThatAreNoNumbers(@TempDir Path folder) {
        Weights weights = RandomWeights.of(SMALL, 11);
        weights.get("conv4_1", Weights.KERNEL)[5] = Float.NaN;
        Path file = folder.resolve("network.zip");
        NetworkFile.write(file, SMALL, SIZE, weights);

        assertThatThrownBy(() -> NetworkFile.read(file, SMALL))
                .isInstanceOf(NetworkFileException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shouldRefuseANetworkOfAnotherHead(@TempDir Path folder) {
        Path file = folder.resolve("network.zip");
        NetworkFile.write(file, SMALL, SIZE, RandomWeights.of(SMALL, 11));

        assertThatThrownBy(() -> NetworkFile.read(file, SMALL.predicting(Head.AB_PLANE)))
                .isInstanceOf(NetworkFileException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shouldNeverReadAJavaObjectFromANetworkFile(@TempDir Path folder) throws IOException {
        // given: what Deeplearning4j would make an object of, whatever its class
        Path file = folder.resolve("network.zip");
        NetworkFile.write(file, SMALL, SIZE, RandomWeights.of(SMALL, 11));
        Path laden = folder.resolve("laden.zip");
        try (ZipFile plain = new ZipFile(file.toFile());
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(laden))) {
            for (ZipEntry entry : Collections.list(plain.entries())) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                plain.getInputStream(entry).transferTo(zip);
            }
            zip.putNextEntry(new ZipEntry("preprocessor.bin"));
            new ObjectOutputStream(zip).writeObject(new Trap());
        }

        // when, then
        assertThatThrownBy(() -> NetworkFile.read(laden, SMALL))
                .isInstanceOf(NetworkFileException.class)
                .hasMessageContaining("laden.zip", "'preprocessor.bin'");
        assertThat(Trap.SPRUNG).isFalse();
    }

    /** Tells when it is made of bytes. */
    private static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final AtomicBoolean SPRUNG = new AtomicBoolean();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            SPRUNG.set(true);
        }
    }

    @Test
    void shouldRefuseAFileThatIsNoNetworkOfTheArchitecture(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.zip"), "not a zip");

        assertThatThrownBy(() -> NetworkFile.read(text, SMALL))
                .isInstanceOf(NetworkFileException.class)
                .hasMessageContaining("text.zip")
                .hasMessageContaining("eccv16-small");
    }

    /** All that is said of the photos, one after another. */
    private static float[] values(List<Prediction> predictions) {
        List<float[]> parts = new ArrayList<>();
        for (Prediction prediction : predictions) {
            if (prediction instanceof BinDistribution bins) {
                parts.add(bins.logits());
            } else if (prediction instanceof AbPlane plane) {
                parts.add(plane.a());
                parts.add(plane.b());
            }
        }
        int perPart = parts.get(0).length;
        float[] all = new float[parts.size() * perPart];
        for (int part = 0; part < parts.size(); part++) {
            System.arraycopy(parts.get(part), 0, all, part * perPart, perPart);
        }
        return all;
    }

    private static double standardDeviation(float[] values) {
        double mean = 0;
        for (float value : values) {
            mean += value;
        }
        mean /= values.length;
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }
}
