package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.image.AbPlanes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServedModelTest {
    @TempDir
    Path folder;

    @Test
    void shouldServeANetworkThatPredictsColorsThemselvesWhateverTheTemperature() {
        // given
        try (ServedModel model = ServedModel.load(Models.writeFusion(folder), 2)) {
            float[] luminance =
                    new float[model.colorizer().inputSize() * model.colorizer().inputSize()];
            for (int i = 0; i < luminance.length; i++) {
                luminance[i] = i % 101;
            }

            // when
            List<AbPlanes> decoded = model.colorizer().predict(List.of(luminance)).stream()
                    .flatMap(said ->
                            Arrays.asList(said.decode(new Palette(0.1, 1)), said.decode(new Palette(1, 1))).stream())
                    .toList();

            // then
            assertThat(decoded.get(0).a()).containsExactly(decoded.get(1).a()).hasSize(8 * 8);
            assertThat(decoded.get(0).b()).containsExactly(decoded.get(1).b());
        }
    }
}
