package dev.colorstream.trainer.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.abbins.AbPrior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PriorFileTest {
    private static final double LAMBDA = 0.5;

    @TempDir
    Path directory;

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        Path file = directory.resolve(PriorFile.NAME);
        AbPrior prior = ofTwoPhotos();

        PriorFile.write(file, prior);

        assertThat(PriorFile.read(file).weights(LAMBDA, 10)).containsExactly(prior.weights(LAMBDA, 10));
    }

    @Test
    void shouldHoldNoWeightBackByAFileOfBeforePhotosWereCounted() throws IOException {
        Path file = directory.resolve(PriorFile.NAME);
        AbPrior prior = ofTwoPhotos();
        Files.writeString(file, "{\"probabilities\": " + Arrays.toString(prior.probabilities()) + "}");

        float[] weights = PriorFile.read(file).weights(LAMBDA, 100);

        float[] whole = prior.weights(LAMBDA);
        for (int bin = 0; bin < whole.length; bin++) {
            assertThat(weights[bin] / whole[bin]).isBetween(0.999f, 1.001f);
        }
    }

    @Test
    void shouldNameAFileThatHoldsNoPrior() throws IOException {
        Path file = Files.writeString(directory.resolve("other.json"), "{\"probabilities\": [1.0]}");

        assertThatThrownBy(() -> PriorFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.json")
                .hasMessageContaining("no prior over the ab bins");
    }

    private static AbPrior ofTwoPhotos() {
        AbPrior.Tally tally = new AbPrior.Tally();
        for (int photo = 1; photo <= 2; photo++) {
            double[] counts = new double[AbBins.COUNT];
            counts[100] = photo;
            counts[200 + photo] = 3;
            tally.add(counts);
        }
        return tally.prior();
    }
}
