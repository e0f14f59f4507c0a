package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.PhotoPrediction;
import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.OnnxFile;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.ModelVersionWriter;
import dev.colorstream.worker.configuration.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServedModelTest {
    @TempDir
    Path directory;

    private Path folder = Path.of(".");

    @BeforeEach
    void writeVersionWithoutOnnx() {
        folder = Models.write(directory);
    }

    @Test
    void shouldPredictTheSameColorsByEitherEngine() {
        // given
        addOnnx();

        // when
        AbPlanes reference = colors(Engine.DL4J);

        // then
        for (Engine engine : List.of(Engine.ONNX_RUNTIME, Engine.AUTO)) {
            AbPlanes colors = colors(engine);
            assertThat(colors.a()).as(engine.configName()).containsExactly(reference.a(), within(0.05f));
            assertThat(colors.b()).as(engine.configName()).containsExactly(reference.b(), within(0.05f));
        }
    }

    @Test
    void shouldServeAVersionWithoutOnnxByDeeplearning4jWhereThatRuns() {
        try (ServedModel model = ServedModel.load(folder, Engine.AUTO, 2, 1)) {
            assertThat(model.version()).isEqualTo(Models.VERSION);
        }
    }

    @Test
    void shouldRefuseAVersionWithoutOnnxForOnnxRuntimeAndNameTheMend() {
        assertThatThrownBy(() -> ServedModel.load(folder, Engine.ONNX_RUNTIME, 2, 1))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(folder + " has no network.onnx")
                .hasMessageContaining("colorstream export-onnx --model " + folder);
    }

    @Test
    void shouldRefuseAnOnnxFileThatIsNoNetwork() {
        ModelVersionWriter.add(opened(), ModelVersionFolder.ONNX_NETWORK, file -> Files.writeString(file, "none"));

        assertThatThrownBy(() -> ServedModel.load(folder, Engine.ONNX_RUNTIME, 2, 1))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("Model refused")
                .hasMessageContaining("network.onnx");
    }

    private void addOnnx() {
        ModelVersionFolder version = opened();
        Architecture architecture = Architecture.named(version.manifest().architecture());
        Weights weights = NetworkFile.read(version.file(ModelVersionFolder.NETWORK), architecture);
        ModelVersionWriter.add(
                version,
                ModelVersionFolder.ONNX_NETWORK,
                file -> OnnxFile.write(file, architecture, weights, Models.VERSION.value()));
    }

    private ModelVersionFolder opened() {
        return ((Opened) ModelVersionFolder.open(folder)).version();
    }

    private AbPlanes colors(Engine engine) {
        try (ServedModel model = ServedModel.load(folder, engine, 2, 2)) {
            Random random = new Random(1);
            float[] luminance =
                    new float[model.colorizer().inputSize() * model.colorizer().inputSize()];
            for (int i = 0; i < luminance.length; i++) {
                luminance[i] = 100 * random.nextFloat();
            }
            return model.colorizer().predict(List.of(luminance)).get(0).decode(Palette.DEFAULT);
        }
    }

    @Test
    void shouldServeANetworkThatPredictsColorsThemselvesWhateverTheTemperature(@TempDir Path other) {
        // given
        try (ServedModel model = ServedModel.load(Models.writeFusion(other), Engine.DL4J, 2, 2)) {
            float[] luminance =
                    new float[model.colorizer().inputSize() * model.colorizer().inputSize()];
            for (int i = 0; i < luminance.length; i++) {
                luminance[i] = i % 101;
            }

            // when
            PhotoPrediction said = model.colorizer().predict(List.of(luminance)).get(0);
            AbPlanes sharp = said.decode(new Palette(0.1, 1));
            AbPlanes mean = said.decode(new Palette(1, 1));

            // then
            assertThat(sharp.a()).containsExactly(mean.a()).hasSize(8 * 8);
            assertThat(sharp.b()).containsExactly(mean.b());
        }
    }
}
