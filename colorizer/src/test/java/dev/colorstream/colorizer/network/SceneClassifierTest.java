package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SceneClassifierTest {
    private static final int PIXELS = SceneClassifier.SIZE * SceneClassifier.SIZE;
    private static final int STEPS = 30;

    @Test
    void shouldTellApartWhatDiffersInColorAlone(@TempDir Path folder) {
        // given
        Path file = folder.resolve("classifier.zip");
        int[] learned = {0, 1, 2, 0, 1, 2, 0, 1, 2};
        try (SceneClassifier classifier = SceneClassifier.initialized(3, 2e-3, STEPS, 1)) {
            double first = classifier.fit(photos(learned, 0), learned);
            double last = first;
            for (int step = 1; step < STEPS; step++) {
                last = classifier.fit(photos(learned, step), learned);
            }
            assertThat(last).isLessThan(first / 2);
            classifier.write(file);
        }

        // when
        try (SceneClassifier classifier = SceneClassifier.open(file)) {
            // then
            int[] others = {2, 2, 0, 1};
            assertThat(classifier.classify(photos(others, 1000), others.length)).containsExactly(others);
        }
    }

    @Test
    void shouldRefuseAFileThatIsNone(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.zip"), "not a zip");

        assertThatThrownBy(() -> SceneClassifier.open(text))
                .isInstanceOf(NetworkFileException.class)
                .hasMessageContaining("text.zip");
    }

    /** Noise in which the scene's number is the channel that is brighter. */
    private static float[] photos(int[] scenes, long seed) {
        Random random = new Random(seed);
        float[] rgb = new float[scenes.length * PIXELS * 3];
        for (int photo = 0; photo < scenes.length; photo++) {
            for (int i = 0; i < PIXELS * 3; i++) {
                rgb[photo * PIXELS * 3 + i] = random.nextFloat() * 155 + (i % 3 == scenes[photo] ? 100 : 0);
            }
        }
        return rgb;
    }
}
