package dev.colorstream.trainer.interpretability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.Prediction;
import dev.colorstream.trainer.TrainerMain;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.evaluation.Evaluation;
import dev.colorstream.trainer.evaluation.EvaluationReport.Row;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Of photos of two scenes, desert and meadow, that differ in color alone. */
final class SceneJudgeTest {
    private static final int SIDE = 40;

    @TempDir
    static Path folder;

    private static Path photos = Path.of(".");
    private static Path classifier = Path.of(".");

    @BeforeAll
    static void trainAClassifier() throws IOException {
        photos = folder.resolve("photos");
        classifier = folder.resolve("classifier");
        for (int i = 0; i < 40; i++) {
            write("desert/" + i + ".png", 0x906020, i);
            write("meadow/" + i + ".png", 0x309030, 100 + i);
        }
        int exit = TrainerMain.commandLine()
                .execute(
                        "train-classifier",
                        photos.toString(),
                        "--out",
                        classifier.toString(),
                        "--epochs",
                        "8",
                        "--batch-size",
                        "8",
                        "--validation-share",
                        "0.2");
        assertThat(exit).isZero();
    }

    private static void write(String name, int rgb, long seed) throws IOException {
        Path file = photos.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(picture(rgb, seed), "png", file.toFile());
    }

    /** One color under noise of lightness. */
    private static BufferedImage picture(int rgb, long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            int brighter = random.nextInt(80);
            int pixel = 0;
            for (int shift = 16; shift >= 0; shift -= 8) {
                pixel |= ((rgb >> shift & 0xff) + brighter) << shift;
            }
            image.setRGB(i % SIDE, i / SIDE, pixel);
        }
        return image;
    }

    @Test
    void shouldRecognizePhotosThatItHasNotSeenByTheirColors() throws IOException {
        int[] desert = picture(0x906020, 1000).getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
        int[] meadow = picture(0x309030, 1001).getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
        try (SceneJudge judge = SceneJudge.open(classifier)) {
            assertThat(judge.knows("meadow")).isTrue();
            assertThat(judge.knows("street")).isFalse();
            assertThat(judge.recognizes("desert", desert, SIDE, SIDE)).isTrue();
            assertThat(judge.recognizes("meadow", meadow, SIDE, SIDE)).isTrue();
            assertThat(judge.recognizes("desert", meadow, SIDE, SIDE)).isFalse();
        }
    }

    @Test
    void shouldTellInAnEvaluationHowManyPhotosAreRecognizedInEachWayOfColoring() throws IOException {
        // given
        double[] even = new double[AbBins.COUNT];
        Arrays.fill(even, 1);
        AbPrior.Tally tally = new AbPrior.Tally();
        tally.add(even);
        try (SceneJudge judge = SceneJudge.open(classifier);
                PhotoSource source = PhotoSource.open(photos);
                Colorizer colorizer = Colorizer.of(new PaintsAllGreen())) {
            // when
            Evaluation.Outcome outcome = Evaluation.run(
                    List.of(new Evaluation.Candidate("green", colorizer, List.of(0.38))),
                    new Evaluation.Measure(tally.prior(), 1, Optional.of(judge)),
                    source,
                    source.photos(),
                    taken -> {});

            // then
            Row green = outcome.reports().get(0).network().get(0);
            assertThat(green.recognized()).isBetween(0.45, 0.55);
            Row real = outcome.reports().get(0).baselines().get(2);
            assertThat(real.name()).isEqualTo("Real");
            assertThat(real.recognized()).isGreaterThan(0.9);
            assertThat(outcome.reports().get(0).metrics()).containsKey("recognized");
            assertThat(outcome.reports().get(0).table()).contains("recognized");
        }
    }

    @Test
    void shouldTellHowToMakeAClassifierWhereThereIsNone() {
        assertThatThrownBy(() -> SceneJudge.open(folder.resolve("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("train-classifier");
    }

    @Test
    void shouldRefuseToLearnFromPhotosOfOneScene() {
        StringWriter errors = new StringWriter();
        CommandLine trainer = TrainerMain.commandLine().setErr(new PrintWriter(errors));

        int exit = trainer.execute(
                "train-classifier",
                photos.resolve("desert").toString(),
                "--out",
                folder.toString(),
                "--batch-size",
                "8");

        assertThat(exit).isEqualTo(1);
        assertThat(errors.toString()).contains("two folders");
    }

    private static final class PaintsAllGreen implements InferenceEngine {
        @Override
        public int inputSize() {
            return 16;
        }

        @Override
        public List<Prediction> predict(float[] luminance, int photos) {
            return Collections.nCopies(photos, new Prediction.AbPlane(1, 1, new float[] {-47}, new float[] {41}));
        }

        @Override
        public void close() {}
    }
}
