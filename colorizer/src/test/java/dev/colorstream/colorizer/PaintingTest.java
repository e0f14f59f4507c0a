package dev.colorstream.colorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.image.ColorPhoto;
import dev.colorstream.colorizer.image.ColorPhoto.EightBit;
import dev.colorstream.colorizer.image.ColorPhoto.SixteenBit;
import dev.colorstream.colorizer.image.DecodeLimits;
import dev.colorstream.colorizer.image.DecodeOutcome;
import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import dev.colorstream.colorizer.image.OutputFormat;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.image.PhotoDecoder;
import dev.colorstream.colorizer.image.PhotoEncoder;
import dev.colorstream.colorizer.image.PhotoFormat;
import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.colorizer.lab.Srgb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** The promise on lightness: what comes out is as light as what went in, whatever the colors. */
class PaintingTest {
    private static final PhotoDecoder DECODER = new PhotoDecoder(new DecodeLimits(8_000_000, 4_000_000, 5000));

    private static Photo gray(int bitDepth, int width, int height, float[] luminance) {
        return new Photo(width, height, luminance, bitDepth, new char[0], PhotoFormat.PNG, false);
    }

    /** Colors far outside the gamut among them. */
    private static AbPlanes wildColors(long seed) {
        Random random = new Random(seed);
        float[] a = new float[144];
        float[] b = new float[144];
        for (int i = 0; i < 144; i++) {
            a[i] = (float) random.nextGaussian() * 50;
            b[i] = (float) random.nextGaussian() * 50;
        }
        return new AbPlanes(12, 12, a, b);
    }

    private static float[] everyLightness(int width, int height) {
        float[] luminance = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                luminance[y * width + x] = 100f * ((x * 7 + y * 13) % 256) / 255;
            }
        }
        return luminance;
    }

    private static double lightness(int rgb) {
        float[] lab = new float[3];
        CieLab.fromRgb8(rgb, lab, 0);
        return lab[0];
    }

    @Property(seed = "1", tries = 20)
    void shouldKeepLightnessWithinHalfAUnitAtEveryPixelOfEightBits(@ForAll long seed) {
        Photo photo = gray(8, 97, 61, everyLightness(97, 61));

        EightBit painted = (EightBit) Painting.paint(photo, wildColors(seed));

        for (int i = 0; i < photo.pixels(); i++) {
            assertThat(lightness(painted.argb()[i])).isCloseTo(photo.luminance()[i], within(0.5));
        }
    }

    @Property(seed = "1", tries = 20)
    void shouldKeepLightnessWithinAHundredthAtEveryPixelOfSixteenBits(@ForAll long seed) {
        Photo photo = gray(16, 97, 61, everyLightness(97, 61));

        SixteenBit painted = (SixteenBit) Painting.paint(photo, wildColors(seed));

        float[] lab = new float[3];
        for (int i = 0; i < photo.pixels(); i++) {
            CieLab.fromLinear(
                    Srgb.toLinear16(Short.toUnsignedInt(painted.samples()[3 * i])),
                    Srgb.toLinear16(Short.toUnsignedInt(painted.samples()[3 * i + 1])),
                    Srgb.toLinear16(Short.toUnsignedInt(painted.samples()[3 * i + 2])),
                    lab,
                    0);
            assertThat((double) lab[0]).isCloseTo(photo.luminance()[i], within(0.01));
        }
    }

    @Test
    void shouldKeepTheMeanLightnessOfRealPhotosWithinOneUnitThroughJpeg() throws IOException {
        try (Stream<Path> samples = Files.list(Path.of("..", "samples"))) {
            for (Path sample :
                    samples.filter(path -> path.toString().endsWith(".jpg")).toList()) {
                Photo photo = decode(Files.readAllBytes(sample));
                ColorPhoto painted = Painting.paint(photo, wildColors(4));

                Photo again = decode(PhotoEncoder.encode(painted, OutputFormat.JPEG, PhotoEncoder.DEFAULT_QUALITY)
                        .bytes());

                assertThat(again.hadColor()).isTrue();
                assertThat(again.width()).isEqualTo(photo.width());
                assertThat(again.height()).isEqualTo(photo.height());
                double off = 0;
                for (int i = 0; i < photo.pixels(); i++) {
                    off += Math.abs(again.luminance()[i] - photo.luminance()[i]);
                }
                assertThat(off / photo.pixels()).as("%s", sample).isLessThan(1);
            }
        }
    }

    @Property(seed = "1", tries = 200)
    void shouldShowTheColorsAskedForWhereTheyAreInsideTheGamut(
            @ForAll @DoubleRange(min = -15, max = 15) double a, @ForAll @DoubleRange(min = -15, max = 15) double b) {
        Photo photo = gray(8, 1, 1, new float[] {60});

        EightBit painted =
                (EightBit) Painting.paint(photo, new AbPlanes(1, 1, new float[] {(float) a}, new float[] {(float) b}));

        float[] lab = new float[3];
        CieLab.fromRgb8(painted.argb()[0], lab, 0);
        assertThat((double) lab[1]).isCloseTo(a, within(0.8));
        assertThat((double) lab[2]).isCloseTo(b, within(0.8));
        assertThat(painted.argb()[0] >>> 24).isEqualTo(255);
    }

    @Test
    void shouldReturnEveryGrayUnchangedWhereThereIsNoColor() {
        float[] luminance = new float[256];
        for (int code = 0; code < 256; code++) {
            double light = Srgb.toLinear(code);
            luminance[code] = (float) CieLab.lightness(CieLab.luminance(light, light, light));
        }

        EightBit painted = (EightBit)
                Painting.paint(gray(8, 256, 1, luminance), new AbPlanes(1, 1, new float[] {0}, new float[] {0}));

        for (int code = 0; code < 256; code++) {
            assertThat(painted.argb()[code] & 0xffffff).isEqualTo(code * 0x010101);
        }
    }

    @Test
    void shouldCarryAlphaThroughInBothBitDepths() {
        char[] alpha = {0, 7, 255, 128};
        Photo eight = new Photo(2, 2, new float[] {10, 40, 70, 90}, 8, alpha, PhotoFormat.PNG, false);
        Photo sixteen = new Photo(2, 2, new float[] {10, 40, 70, 90}, 16, alpha, PhotoFormat.PNG, false);

        EightBit paintedEight = (EightBit) Painting.paint(eight, wildColors(5));
        SixteenBit paintedSixteen = (SixteenBit) Painting.paint(sixteen, wildColors(5));

        assertThat(paintedEight.hasAlpha()).isTrue();
        assertThat(paintedSixteen.hasAlpha()).isTrue();
        for (int i = 0; i < 4; i++) {
            assertThat(paintedEight.argb()[i] >>> 24).isEqualTo(alpha[i]);
            assertThat(paintedSixteen.samples()[4 * i + 3]).isEqualTo((short) alpha[i]);
        }
    }

    private static Photo decode(byte[] bytes) {
        DecodeOutcome outcome = DECODER.decode(bytes);
        assertThat(outcome).isInstanceOf(Decoded.class);
        return ((Decoded) outcome).photo();
    }
}
