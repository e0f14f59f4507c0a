package dev.colorstream.colorizer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.colorstream.colorizer.image.ColorPhoto.EightBit;
import dev.colorstream.colorizer.image.ColorPhoto.SixteenBit;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PhotoEncoderTest {
    private static final int WIDTH = 37;
    private static final int HEIGHT = 21;

    private static EightBit colors(boolean hasAlpha) {
        BufferedImage image = PhotoFiles.colors(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        int[] argb = image.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
        for (int i = 0; !hasAlpha && i < argb.length; i++) {
            argb[i] |= 0xff000000;
        }
        return new EightBit(WIDTH, HEIGHT, hasAlpha, argb);
    }

    private static BufferedImage read(EncodedPhoto encoded) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(encoded.bytes()));
    }

    @Test
    void shouldWriteJpegWithFullChromaResolution() {
        EncodedPhoto encoded = PhotoEncoder.encode(colors(false), OutputFormat.JPEG, PhotoEncoder.DEFAULT_QUALITY);

        assertThat(encoded.contentType()).isEqualTo("image/jpeg");
        assertThat(samplingFactors(encoded.bytes())).containsExactly(0x11, 0x11, 0x11);
    }

    @Test
    void shouldWriteLargerJpegOfHigherQuality() {
        int small = PhotoEncoder.encode(colors(false), OutputFormat.JPEG, 50).bytes().length;
        int large = PhotoEncoder.encode(colors(false), OutputFormat.JPEG, 95).bytes().length;

        assertThat(large).isGreaterThan(small);
    }

    @Test
    void shouldKeepEveryBitOfEightBitPng() throws IOException {
        for (boolean hasAlpha : new boolean[] {false, true}) {
            EightBit photo = colors(hasAlpha);

            EncodedPhoto encoded = PhotoEncoder.encode(photo, OutputFormat.PNG, PhotoEncoder.DEFAULT_QUALITY);
            BufferedImage image = read(encoded);

            assertThat(encoded.contentType()).isEqualTo("image/png");
            assertThat(encoded.width()).isEqualTo(WIDTH);
            assertThat(encoded.height()).isEqualTo(HEIGHT);
            assertThat(image.getColorModel().hasAlpha()).isEqualTo(hasAlpha);
            assertThat(image.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH)).containsExactly(photo.argb());
        }
    }

    @Test
    void shouldKeepEveryBitOfSixteenBitPng() throws IOException {
        for (int channels = 3; channels <= 4; channels++) {
            short[] samples = new short[WIDTH * HEIGHT * channels];
            Random random = new Random(3);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (short) random.nextInt();
            }

            BufferedImage image = read(
                    PhotoEncoder.encode(new SixteenBit(WIDTH, HEIGHT, channels == 4, samples), OutputFormat.PNG, 95));

            int[] read = image.getRaster().getPixels(0, 0, WIDTH, HEIGHT, (int[]) null);
            assertThat(read).hasSize(samples.length);
            for (int i = 0; i < samples.length; i++) {
                assertThat(read[i]).isEqualTo(Short.toUnsignedInt(samples[i]));
            }
        }
    }

    @Test
    void shouldLayTransparentPixelsOnWhiteInJpeg() throws IOException {
        int[] argb = new int[WIDTH * HEIGHT];
        EightBit transparentBlack = new EightBit(WIDTH, HEIGHT, true, argb);

        BufferedImage image = read(PhotoEncoder.encode(transparentBlack, OutputFormat.JPEG, 95));

        assertThat(image.getRGB(5, 5) & 0xffffff).isEqualTo(0xffffff);
    }

    @Test
    void shouldRoundSixteenBitsForJpeg() throws IOException {
        short[] samples = new short[WIDTH * HEIGHT * 3];
        Arrays.fill(samples, (short) (180 * 257 + 100));

        BufferedImage image =
                read(PhotoEncoder.encode(new SixteenBit(WIDTH, HEIGHT, false, samples), OutputFormat.JPEG, 100));

        assertThat(image.getRGB(9, 9) & 0xffffff).isEqualTo(0xb4b4b4);
    }

    @Test
    void shouldRefuseAQualityOutsideItsRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PhotoEncoder.encode(colors(false), OutputFormat.JPEG, 0.95))
                .withMessageContaining("0.95");
    }

    @Test
    void shouldReturnAPhotoInItsOwnFormatWhereThatCanBeWritten() {
        for (PhotoFormat format : PhotoFormat.values()) {
            Photo photo = new Photo(1, 1, new float[1], 8, new char[0], format, false);
            assertThat(OutputFormat.of(photo))
                    .isEqualTo(format == PhotoFormat.JPEG ? OutputFormat.JPEG : OutputFormat.PNG);
        }
    }

    /** The horizontal and vertical factor of each component, read from the frame header's own bytes. */
    private static int[] samplingFactors(byte[] jpeg) {
        for (int i = 2; i + 20 < jpeg.length; ) {
            int marker = jpeg[i + 1] & 0xff;
            if (marker >= 0xc0 && marker <= 0xc2) {
                int[] factors = new int[jpeg[i + 9]];
                for (int component = 0; component < factors.length; component++) {
                    factors[component] = jpeg[i + 11 + 3 * component] & 0xff;
                }
                return factors;
            }
            i += 2 + ((jpeg[i + 2] & 0xff) << 8 | (jpeg[i + 3] & 0xff));
        }
        throw new AssertionError("no frame header");
    }
}
