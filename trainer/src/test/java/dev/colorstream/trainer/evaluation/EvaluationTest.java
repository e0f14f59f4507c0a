package dev.colorstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.Prediction;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.evaluation.EvaluationReport.Row;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluationTest {
    /** Colors of different lightness, so that who sees the lightness can know the color. */
    private static final int[] COLORS = {0x301060, 0x702020, 0x208040, 0x30a0a0, 0xd0a030, 0xa0e0f0};

    @TempDir
    Path folder;

    /** Knows of each lightness in {@link #COLORS} the color that had it, turned by a hue. */
    private static final class KnowsEachColor implements InferenceEngine {
        private final double turn;

        private KnowsEachColor(double degrees) {
            this.turn = Math.toRadians(degrees);
        }

        @Override
        public int inputSize() {
            return 4;
        }

        @Override
        public List<Prediction> predict(float[] luminance, int photos) {
            return IntStream.range(0, photos)
                    .mapToObj(photo -> predict(luminance[16 * photo]))
                    .toList();
        }

        private Prediction predict(float lightness) {
            float[] lab = new float[3];
            float[] known = new float[3];
            double nearest = Double.MAX_VALUE;
            for (int color : COLORS) {
                CieLab.fromRgb8(color, lab, 0);
                double distance = Math.abs(lab[0] - lightness);
                if (distance < nearest) {
                    nearest = distance;
                    known = lab.clone();
                }
            }
            float a = (float) (known[1] * Math.cos(turn) - known[2] * Math.sin(turn));
            float b = (float) (known[1] * Math.sin(turn) + known[2] * Math.cos(turn));
            return new Prediction.AbPlane(1, 1, new float[] {a}, new float[] {b});
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void paintPhotos() throws IOException {
        for (int i = 0; i < COLORS.length; i++) {
            write("scene" + i % 2 + "/photo" + i + ".png", COLORS[i], 20 + i, 15);
        }
    }

    private void write(String name, int rgb, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        Path file = folder.resolve("photos").resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private static AbPrior prior() {
        double[] counts = new double[AbBins.COUNT];
        Arrays.fill(counts, 1);
        counts[156] = 1000;
        AbPrior.Tally tally = new AbPrior.Tally();
        tally.add(counts);
        return tally.prior();
    }

    private Evaluation.Outcome evaluate(InferenceEngine engine, long seed) throws IOException {
        try (PhotoSource source = PhotoSource.open(folder.resolve("photos"));
                Colorizer colorizer = Colorizer.of(engine)) {
            return Evaluation.run(
                    List.of(new Evaluation.Candidate("a model", colorizer, List.of(0.38))),
                    measure(seed),
                    source,
                    source.photos(),
                    taken -> {});
        }
    }

    private static Evaluation.Measure measure(long seed) {
        return new Evaluation.Measure(prior(), seed, Optional.empty());
    }

    @Test
    void shouldTellWhatEachPhotoAddsToTheRebalancedAuc() throws IOException {
        Evaluation.Outcome outcome = evaluate(new KnowsEachColor(40), 1);

        List<WeighedArea> photos = outcome.rebalanced().get(0);
        assertThat(photos).hasSize(COLORS.length);
        double area = photos.stream().mapToDouble(WeighedArea::area).sum();
        double weight = photos.stream().mapToDouble(WeighedArea::weight).sum();
        assertThat(area / weight)
                .isCloseTo(outcome.reports().get(0).network().get(0).rebalancedAuc(), within(1e-9));
    }

    @Test
    void shouldGiveANetworkThatKnowsTheColorsFullMarks() throws IOException {
        Row network =
                evaluate(new KnowsEachColor(0), 1).reports().get(0).network().get(0);

        // An error of a rounding step counts as one unit of 150 at most.
        assertThat(network.auc()).isGreaterThan(99.3);
        assertThat(network.rebalancedAuc()).isGreaterThan(99.3);
        assertThat(network.fullyRebalancedAuc()).isGreaterThan(99.3);
        assertThat(network.colorfulnessRatio()).isCloseTo(1, within(0.02));
        assertThat(network.psnr()).isGreaterThan(45);
        assertThat(network.deltaE2000()).isLessThan(0.5);
        assertThat(network.binDistance()).isCloseTo(0, within(1e-6));
    }

    @Test
    void shouldMeasureBaselinesOnTheSamePhotos() throws IOException {
        EvaluationReport report = evaluate(new KnowsEachColor(0), 1).reports().get(0);
        Row gray = report.baselines().get(0);
        Row random = report.baselines().get(1);
        Row real = report.baselines().get(2);

        assertThat(List.of(gray.name(), random.name(), real.name())).containsExactly("Gray", "Random", "Real");
        assertThat(gray.colorfulness()).isCloseTo(0, within(1e-9));
        // Gray's error is each color's own chroma.
        double expected = 0;
        float[] lab = new float[3];
        for (int color : COLORS) {
            CieLab.fromRgb8(color, lab, 0);
            expected += 100 * (150.5 - Math.ceil(Math.hypot(lab[1], lab[2]))) / 150 / COLORS.length;
        }
        assertThat(gray.auc()).isCloseTo(expected, within(1e-6));
        assertThat(random.auc()).isLessThan(real.auc() - 10);
        assertThat(random.colorfulness()).isGreaterThan(10);
        assertThat(real.auc()).isCloseTo(100, within(1e-9));
        assertThat(real.psnr()).isCloseTo(60, within(1e-9));
        assertThat(real.deltaE2000()).isCloseTo(0, within(1e-6));
    }

    @Test
    void shouldScoreWrongHuesBelowGray() throws IOException {
        EvaluationReport report = evaluate(new KnowsEachColor(180), 1).reports().get(0);

        assertThat(report.network().get(0).auc())
                .isLessThan(report.baselines().get(0).auc());
    }

    @Test
    void shouldGiveTheSameForTheSameSeed() throws IOException {
        EvaluationReport once = evaluate(new KnowsEachColor(90), 7).reports().get(0);
        EvaluationReport again = evaluate(new KnowsEachColor(90), 7).reports().get(0);

        assertThat(again).isEqualTo(once);
    }

    @Test
    void shouldLeaveOutWhatHasNoColorsToCompareWithAndSayWhy() throws IOException {
        write("scene0/gray.png", 0x808080, 10, 10);
        Files.writeString(folder.resolve("photos/scene1/note.jpg"), "no photo");

        EvaluationReport report = evaluate(new KnowsEachColor(0), 1).reports().get(0);

        assertThat(report.photos()).isEqualTo(COLORS.length);
        assertThat(report.leftOut()).hasSize(2);
        assertThat(report.leftOut().get("scene0/gray.png")).contains("black and white");
        assertThat(report.leftOut().get("scene1/note.jpg")).contains("no photo format");
    }

    @Test
    void shouldRefuseFewerThanTwoPhotosInColor() throws IOException {
        try (PhotoSource source = PhotoSource.open(folder.resolve("photos"));
                Colorizer colorizer = Colorizer.of(new KnowsEachColor(0))) {
            assertThatThrownBy(() -> Evaluation.run(
                            List.of(new Evaluation.Candidate("a model", colorizer, List.of())),
                            measure(1),
                            source,
                            source.photos().subList(0, 1),
                            taken -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("fewer than two");
        }
    }

    @Test
    void shouldWriteReportAndContactSheet() throws IOException {
        Evaluation.Outcome outcome = evaluate(new KnowsEachColor(0), 1);
        Path json = folder.resolve("evaluation.json");
        Path sheet = folder.resolve("sheet.png");

        outcome.reports().get(0).write(json);
        outcome.sheet().write(sheet);

        JsonNode written = new ObjectMapper().readTree(json.toFile());
        assertThat(written.get("photos").asInt()).isEqualTo(6);
        assertThat(written.get("network").get(0).get("auc").asDouble())
                .isEqualTo(outcome.reports().get(0).metrics().get("auc"));
        assertThat(written.get("baselines")).hasSize(3);
        assertThat(outcome.reports().get(0).table()).contains("Gray", "Random", "Real", "network T=0.38");
        // Two scenes of three photos: a line each; the third picture of a strip is the real one.
        BufferedImage picture = ImageIO.read(sheet.toFile());
        assertThat(picture.getHeight()).isEqualTo(2 * 150 + 4);
        assertThat(COLORS).contains(picture.getRGB(2 * 150 + 75, 75) & 0xffffff);
        int gray = picture.getRGB(75, 75);
        assertThat(gray >> 16 & 0xff).isEqualTo(gray & 0xff);
    }

    @Test
    void shouldMeasureSeveralNetworksOnTheSamePhotosSideBySide() throws IOException {
        // given
        Path sheet = folder.resolve("sheet.png");
        Evaluation.Outcome alone = evaluate(new KnowsEachColor(90), 3);

        // when
        Evaluation.Outcome outcome;
        try (PhotoSource source = PhotoSource.open(folder.resolve("photos"));
                Colorizer knows = Colorizer.of(new KnowsEachColor(0));
                Colorizer turned = Colorizer.of(new KnowsEachColor(90))) {
            List<Evaluation.Candidate> candidates = List.of(
                    new Evaluation.Candidate("knows", knows, List.of(0.2, 1.0)),
                    new Evaluation.Candidate("a model", turned, List.of(0.38)));
            outcome = Evaluation.run(candidates, measure(3), source, source.photos(), taken -> {});
        }
        outcome.sheet().write(sheet);
        String table = EvaluationTable.of("photos", outcome.reports());

        // then
        assertThat(outcome.reports().get(0).network()).hasSize(2);
        assertThat(outcome.reports().get(1)).isEqualTo(alone.reports().get(0));
        assertThat(table.lines().filter(line -> line.startsWith("| `")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("| `knows` T=0.2 at 4 px | 100.00 |"),
                        line -> assertThat(line).startsWith("| `knows` T=1.0 at 4 px | 100.00 |"),
                        line -> assertThat(line).startsWith("| `a model` T=0.38 at 4 px |"));
        assertThat(table.lines().filter(line -> line.startsWith("|")))
                .allSatisfy(
                        line -> assertThat(line.chars().filter(c -> c == '|').count())
                                .as(line)
                                .isEqualTo(12));
        // Gray, painted by each, real.
        BufferedImage picture = ImageIO.read(sheet.toFile());
        assertThat(picture.getRGB(75 + 150, 75)).isEqualTo(picture.getRGB(75 + 3 * 150, 75));
        assertThat(picture.getRGB(75 + 2 * 150, 75)).isNotEqualTo(picture.getRGB(75 + 3 * 150, 75));
    }
}
