package dev.colorstream.trainer.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.abbins.SoftEncoding;
import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.TrainingBatch;
import dev.colorstream.trainer.SyntheticPhotos;
import dev.colorstream.trainer.dataset.LabPhoto;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.dataset.Scenes;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExampleMakerTest {
    private static final SoftEncoding ENCODING = new SoftEncoding(SoftEncoding.PAPER_NEIGHBORS);
    private static final int SIZE = 32;

    @TempDir
    Path folder;

    @Test
    void shouldMakeTheSameBatchForTheSameStepAndAnotherForTheNext() throws IOException {
        SyntheticPhotos.folder(folder, 4);
        try (PreparedPhotos photos = prepare()) {
            ExampleMaker examples = maker(photos, ones());

            TrainingBatch first = examples.training(photos.training(), SIZE, 7);
            TrainingBatch again = examples.training(photos.training(), SIZE, 7);
            TrainingBatch next = examples.training(photos.training(), SIZE, 8);

            assertThat(again.luminance()).isEqualTo(first.luminance());
            assertThat(again.targets()).isEqualTo(first.targets());
            assertThat(next.luminance()).isNotEqualTo(first.luminance());
        }
    }

    @Test
    void shouldWeighEachCellByTheBinOfItsColor() throws IOException {
        // given: one plain orange photo and a weight of 3 for the bin of orange alone
        Color orange = new Color(230, 140, 40);
        write(orange, "orange.png");
        try (PreparedPhotos photos = prepare()) {
            LabPhoto photo = photos.load(photos.training().get(0));
            int pixels = photo.width() * photo.height();
            int bin =
                    ENCODING.nearest((photo.planes()[pixels] & 0xff) - 128, (photo.planes()[2 * pixels] & 0xff) - 128);
            float[] weights = new float[AbBins.COUNT];
            weights[bin] = 3;

            // when
            TrainingBatch batch = maker(photos, weights).training(photos.training(), SIZE, 0);

            // then
            for (int cell = 0; cell < SIZE / 4 * SIZE / 4; cell++) {
                float[] row = Arrays.copyOfRange(batch.targets(), cell * AbBins.COUNT, (cell + 1) * AbBins.COUNT);
                float sum = 0;
                int most = 0;
                for (int i = 0; i < row.length; i++) {
                    sum += row[i];
                    most = row[i] > row[most] ? i : most;
                }
                assertThat(sum).isCloseTo(3, within(1e-4f));
                assertThat(most).isEqualTo(bin);
            }
        }
    }

    @Test
    void shouldTeachNothingByAGrayPhoto() throws IOException {
        write(new Color(120, 120, 120), "gray.png");
        try (PreparedPhotos photos = prepare()) {
            TrainingBatch batch = maker(photos, ones()).training(photos.training(), SIZE, 0);

            assertThat(batch.targets()).containsOnly(0);
        }
    }

    @Test
    void shouldTeachColorsAndScenes() throws IOException {
        // given: two photos of one color each, in two folders
        Color orange = new Color(230, 140, 40);
        Files.createDirectories(folder.resolve("fire"));
        Files.createDirectories(folder.resolve("water"));
        write(orange, "fire/orange.png");
        write(new Color(40, 140, 230), "water/blue.png");
        try (PreparedPhotos photos = prepare()) {
            Scenes scenes = Scenes.of(photos);
            ExampleMaker examples = new ExampleMaker(photos, new CellTargets.Colors(), Optional.of(scenes), 5);

            // when
            TrainingBatch batch = examples.training(photos.training(), SIZE, 0);

            // then
            int cells = SIZE / 4 * SIZE / 4;
            assertThat(scenes.names()).containsExactly("fire", "water");
            for (int i = 0; i < 2; i++) {
                boolean isOrange = photos.training().get(i).name().startsWith("fire");
                float[] lab = new float[3];
                CieLab.fromRgb8((isOrange ? orange : new Color(40, 140, 230)).getRGB(), lab, 0);
                assertThat(batch.scenes()[i]).isEqualTo(isOrange ? 0 : 1);
                for (int cell = i * cells; cell < (i + 1) * cells; cell++) {
                    assertThat(batch.targets()[3 * cell]).isCloseTo(lab[1] / Head.AB_UNIT, within(0.02f));
                    assertThat(batch.targets()[3 * cell + 1]).isCloseTo(lab[2] / Head.AB_UNIT, within(0.02f));
                    assertThat(batch.targets()[3 * cell + 2]).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void shouldTeachNoColorByAGrayPhoto() throws IOException {
        write(new Color(120, 120, 120), "gray.png");
        try (PreparedPhotos photos = prepare()) {
            TrainingBatch batch = new ExampleMaker(photos, new CellTargets.Colors(), Optional.empty(), 5)
                    .training(photos.training(), SIZE, 0);

            assertThat(batch.targets()).containsOnly(0);
        }
    }

    @Test
    void shouldHaveAPriorWhoseModeIsNearGray() throws IOException {
        // given: a gray photo with a colored stripe
        BufferedImage image = new BufferedImage(60, 60, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(128, 126, 125));
        graphics.fillRect(0, 0, 60, 60);
        graphics.setColor(new Color(30, 90, 220));
        graphics.fillRect(0, 0, 60, 12);
        graphics.dispose();
        Files.write(folder.resolve("photo.png"), SyntheticPhotos.png(image));

        // when
        try (PreparedPhotos photos = prepare()) {
            AbPrior prior = PriorCounter.count(photos, ENCODING);

            // then
            assertThat(AbBins.a(prior.mode())).isZero();
            assertThat(AbBins.b(prior.mode())).isZero();
            assertThat(prior.probabilities()[prior.mode()]).isBetween(0.4, 0.8);
        }
    }

    @Test
    void shouldCropNoSmallerThanFourFifthsOfTheSizeItIsFor() {
        LabPhoto photo = new LabPhoto(150, 100, new byte[3 * 150 * 100]);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            Crop small = Crop.random(photo, 64, random);
            assertThat(small.width()).isBetween(75, 150);
            assertThat(small.height()).isBetween(51, 100);
            Crop large = Crop.random(photo, 128, random);
            assertThat(large.width()).isBetween(102, 150);
            assertThat(large.height()).isEqualTo(100);
        }
    }

    @Test
    void shouldMirrorACropFromSideToSide() throws IOException {
        SyntheticPhotos.folder(folder, 1);
        try (PreparedPhotos photos = prepare()) {
            LabPhoto photo = photos.load(photos.training().get(0));
            float[] plain = new float[16 * 16];
            float[] mirrored = new float[16 * 16];
            new Crop(3, 5, 40, 30, false).average(photo, 0, 16, 1, 0, plain, 0);
            new Crop(3, 5, 40, 30, true).average(photo, 0, 16, 1, 0, mirrored, 0);
            for (int y = 0; y < 16; y++) {
                for (int x = 0; x < 16; x++) {
                    assertThat(mirrored[y * 16 + 15 - x]).isEqualTo(plain[y * 16 + x]);
                }
            }
        }
    }

    @Test
    void shouldKeepTheMeanWhenAveragingOverAreas() throws IOException {
        SyntheticPhotos.folder(folder, 1);
        try (PreparedPhotos photos = prepare()) {
            LabPhoto photo = photos.load(photos.training().get(0));
            float[] averaged = new float[11 * 11];
            Crop crop = new Crop(2, 1, 45, 33, false);
            crop.average(photo, 0, 11, 1, 0, averaged, 0);
            double expected = 0;
            for (int y = 1; y < 34; y++) {
                for (int x = 2; x < 47; x++) {
                    expected += photo.planes()[y * photo.width() + x] & 0xff;
                }
            }
            double mean = 0;
            for (float value : averaged) {
                mean += value;
            }
            assertThat(mean / averaged.length).isCloseTo(expected / (45 * 33), within(1e-2));
        }
    }

    private void write(Color color, String name) throws IOException {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 40, 40);
        graphics.dispose();
        Files.write(folder.resolve(name), SyntheticPhotos.png(image));
    }

    private PreparedPhotos prepare() throws IOException {
        try (PhotoSource source = PhotoSource.open(folder)) {
            return PreparedPhotos.prepare(source, 0);
        }
    }

    private static ExampleMaker maker(PreparedPhotos photos, float[] weights) {
        return new ExampleMaker(photos, new CellTargets.SoftBins(ENCODING, weights), Optional.empty(), 5);
    }

    private static float[] ones() {
        float[] weights = new float[AbBins.COUNT];
        Arrays.fill(weights, 1);
        return weights;
    }
}
