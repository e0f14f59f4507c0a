package dev.colorstream.colorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.abbins.SoftEncoding;
import dev.colorstream.colorizer.image.ColorPhoto;
import dev.colorstream.colorizer.image.ColorPhoto.EightBit;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.image.PhotoFormat;
import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColorizerTest {
    private static final SoftEncoding NEAREST = new SoftEncoding(1);
    private static final int SIDE = 8;

    /** Says of each cell what its lightness decides: dark is blue, light is orange, nearly sure of it. */
    private static final class BlueDarkOrangeLight implements InferenceEngine {
        private final List<Integer> batches = new ArrayList<>();
        private boolean isClosed;

        @Override
        public int inputSize() {
            return SIDE;
        }

        @Override
        public synchronized List<Prediction> predict(float[] luminance, int photos) {
            batches.add(photos);
            return IntStream.range(0, photos)
                    .mapToObj(photo -> predict(luminance, photo * SIDE * SIDE, SIDE / 4))
                    .toList();
        }

        private static Prediction predict(float[] luminance, int start, int cells) {
            float[] logits = new float[cells * cells * AbBins.COUNT];
            for (int cell = 0; cell < cells * cells; cell++) {
                int y = cell / cells * 4;
                int x = cell % cells * 4;
                boolean isDark = luminance[start + y * SIDE + x] < 50;
                logits[cell * AbBins.COUNT + (isDark ? NEAREST.nearest(10, -30) : NEAREST.nearest(20, 40))] = 40;
            }
            return new Prediction.BinDistribution(cells, cells, logits);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private static Photo even(int width, int height, float lightness) {
        float[] luminance = new float[width * height];
        Arrays.fill(luminance, lightness);
        return new Photo(width, height, luminance, 8, new char[0], PhotoFormat.JPEG, false);
    }

    private static float[] labOfMiddle(ColorPhoto photo) {
        float[] lab = new float[3];
        CieLab.fromRgb8(((EightBit) photo).argb()[photo.width() * photo.height() / 2], lab, 0);
        return lab;
    }

    @Test
    void shouldColorEachPhotoByItsOwnPredictionInOnePass() {
        BlueDarkOrangeLight engine = new BlueDarkOrangeLight();
        try (Colorizer colorizer = Colorizer.of(engine)) {
            List<ColorPhoto> colored =
                    colorizer.colorize(List.of(even(30, 20, 30), even(5, 50, 70), even(1, 1, 35)), Palette.DEFAULT);

            assertThat(engine.batches).containsExactly(3);
            assertThat(colored).extracting(ColorPhoto::width).containsExactly(30, 5, 1);
            assertThat(colored).extracting(ColorPhoto::height).containsExactly(20, 50, 1);
            assertThat(labOfMiddle(colored.get(0))[2]).isLessThan(-25);
            assertThat(labOfMiddle(colored.get(1))[2]).isGreaterThan(35);
            assertThat(labOfMiddle(colored.get(2))[2]).isLessThan(-25);
        }
        assertThat(engine.isClosed).isTrue();
    }

    @Test
    void shouldScaleChromaBySaturation() {
        try (Colorizer colorizer = Colorizer.of(new BlueDarkOrangeLight())) {
            List<Photo> photos = List.of(even(10, 10, 70));

            float[] gray =
                    labOfMiddle(colorizer.colorize(photos, new Palette(0.38, 0)).get(0));
            float[] half = labOfMiddle(
                    colorizer.colorize(photos, new Palette(0.38, 0.5)).get(0));

            assertThat(Math.hypot(gray[1], gray[2])).isLessThan(0.01);
            assertThat(half[2]).isBetween(19f, 21f);
        }
    }

    @Test
    void shouldGiveTheSameFromManyThreadsAsFromOne() {
        try (Colorizer colorizer = Colorizer.of(new BlueDarkOrangeLight())) {
            List<int[]> alone = IntStream.range(0, 24)
                    .mapToObj(i -> pixels(colorizer, even(40, 30, 4 * i)))
                    .toList();

            List<int[]> together = IntStream.range(0, 24)
                    .parallel()
                    .mapToObj(i -> pixels(colorizer, even(40, 30, 4 * i)))
                    .toList();

            for (int i = 0; i < 24; i++) {
                assertThat(together.get(i)).containsExactly(alone.get(i));
            }
        }
    }

    private static int[] pixels(Colorizer colorizer, Photo photo) {
        return ((EightBit) colorizer.colorize(List.of(photo), Palette.DEFAULT).get(0)).argb();
    }

    @Test
    void shouldPaintNoPhotoWithAPredictionThatIsNoNumber() {
        InferenceEngine broken = new InferenceEngine() {
            @Override
            public int inputSize() {
                return SIDE;
            }

            @Override
            public List<Prediction> predict(float[] luminance, int photos) {
                return List.of(new Prediction.AbPlane(2, 2, new float[] {0, 0, 0, Float.NaN}, new float[4]));
            }

            @Override
            public void close() {}
        };
        try (Colorizer colorizer = Colorizer.of(broken)) {
            assertThatExceptionOfType(UnusablePredictionException.class)
                    .isThrownBy(() -> colorizer.colorize(List.of(even(4, 4, 50)), Palette.DEFAULT))
                    .withMessageContaining("cell 3");
        }
    }

    @Test
    void shouldRunNothingForNoPhotos() {
        BlueDarkOrangeLight engine = new BlueDarkOrangeLight();
        try (Colorizer colorizer = Colorizer.of(engine)) {
            assertThat(colorizer.colorize(List.of(), Palette.DEFAULT)).isEmpty();
            assertThat(engine.batches).isEmpty();
        }
    }

    @Test
    void shouldRefuseInputsOfAnotherSizeAndPalettesOutOfRange() {
        try (Colorizer colorizer = Colorizer.of(new BlueDarkOrangeLight())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> colorizer.predict(List.of(new float[63])))
                    .withMessageContaining("63");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Palette(0, 1)).withMessageContaining("temperature");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Palette(0.38, -0.1))
                .withMessageContaining("saturation");
    }
}
