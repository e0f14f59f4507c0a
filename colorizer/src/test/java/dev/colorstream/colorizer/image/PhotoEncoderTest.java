package dev.colorstream.colorizer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.sun.management.ThreadMXBean;
import dev.colorstream.colorizer.image.ColorPhoto.EightBit;
import dev.colorstream.colorizer.image.ColorPhoto.SixteenBit;
import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import dev.colorstream.colorizer.image.PhotoNotes.Resolution;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
            OutputFormat own = switch (format) {
                case JPEG -> OutputFormat.JPEG;
                case TIFF -> OutputFormat.TIFF;
                default -> OutputFormat.PNG;
            };
            assertThat(OutputFormat.of(photo)).isEqualTo(own);
        }
    }

    @Test
    void shouldKeepEveryBitOfTiff() throws IOException {
        for (boolean hasAlpha : new boolean[] {false, true}) {
            EightBit photo = colors(hasAlpha);
            EncodedPhoto encoded = PhotoEncoder.encode(photo, OutputFormat.TIFF, PhotoEncoder.DEFAULT_QUALITY);
            assertThat(encoded.contentType()).isEqualTo("image/tiff");
            assertThat(read(encoded).getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH))
                    .containsExactly(photo.argb());

            short[] samples = new short[WIDTH * HEIGHT * (hasAlpha ? 4 : 3)];
            Random random = new Random(4);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (short) random.nextInt();
            }
            SixteenBit deep = new SixteenBit(WIDTH, HEIGHT, hasAlpha, samples);
            int[] read = read(PhotoEncoder.encode(deep, OutputFormat.TIFF, 95))
                    .getRaster()
                    .getPixels(0, 0, WIDTH, HEIGHT, (int[]) null);
            for (int i = 0; i < samples.length; i++) {
                assertThat(read[i]).isEqualTo(Short.toUnsignedInt(samples[i]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void shouldSayAgainWhatTheGrayPhotosFileSaid(OutputFormat format) {
        PhotoNotes notes = new PhotoNotes(
                Resolution.of(300, 600),
                Optional.of("2026:01:31 12:00:00"),
                Optional.of("1931:05:01 08:00:00"),
                Optional.of("2019:12:24 18:30:00"),
                3);

        Photo again = decoded(PhotoEncoder.encode(colors(false), format, 95, Inscription.predicted(notes, "v1")));

        assertThat(again.notes().changed()).isEqualTo(notes.changed());
        assertThat(again.notes().taken()).isEqualTo(notes.taken());
        assertThat(again.notes().digitized()).isEqualTo(notes.digitized());
        assertThat(again.notes().resolution().orElseThrow().horizontal()).isCloseTo(300, within(0.02));
        assertThat(again.notes().resolution().orElseThrow().vertical()).isCloseTo(600, within(0.02));
        assertThat(again.notes().pictures()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void shouldSayThatColorsWerePredictedAndByWhichModel(OutputFormat format) throws Exception {
        Inscription inscription = Inscription.predicted(PhotoNotes.NONE, "eccv16-small-1");

        byte[] bytes =
                PhotoEncoder.encode(colors(false), format, 95, inscription).bytes();

        Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes));
        List<String> said = new ArrayList<>();
        for (Directory directory : metadata.getDirectories()) {
            directory.getTags().forEach(tag -> said.add(tag.getTagName() + ": " + tag.getDescription()));
        }
        String maker = "Colorstream; colors predicted by model eccv16-small-1";
        assertThat(said).containsAnyOf("Software: " + maker, "Textual Data: Software: " + maker);
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void shouldSayThatItsColorsAreSrgb(OutputFormat format) throws IOException {
        byte[] bytes = PhotoEncoder.encode(colors(false), format, 95).bytes();

        Optional<byte[]> profile = switch (format) {
            case JPEG -> JpegMarkers.colorTags(bytes).profile();
            case TIFF -> TiffPage.of(bytes).colorTags().profile();
            case PNG -> PngChunks.chunk(bytes, "sRGB");
        };

        assertThat(profile).isPresent();
        if (format != OutputFormat.PNG) {
            assertThat(profile.orElseThrow()).isEqualTo(SrgbProfile.bytes());
        }
    }

    @Test
    void shouldWriteAProfileThatKeepsEverySrgbColor() {
        ICC_Profile parsed = ICC_Profile.getInstance(SrgbProfile.bytes());

        assertThat(parsed.getColorSpaceType()).isEqualTo(ColorSpace.TYPE_RGB);
        assertThat(ToSrgb.of(ColorTags.ofProfile(Optional.of(SrgbProfile.bytes())), 3, 255))
                .isEmpty();
        assertThat(ToSrgb.of(ColorTags.ofProfile(Optional.of(IccFile.wideRgb(2.2))), 3, 255))
                .isPresent();
        assertThat(SrgbProfile.bytes()).hasSizeLessThan(600);
    }

    @Test
    void shouldNotHoldALargePhotoWholeWhileItIsWritten() {
        ColorRows rows = new ColorRows() {
            @Override
            public int width() {
                return 4000;
            }

            @Override
            public int height() {
                return 2000;
            }

            @Override
            public boolean hasAlpha() {
                return false;
            }

            @Override
            public int bitDepth() {
                return 8;
            }

            @Override
            public void read(int y, int[] samples) {
                Arrays.fill(samples, y % 256);
            }
        };
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PhotoEncoder.encode(colors(false), OutputFormat.JPEG, 95);

        long before = thread.getCurrentThreadAllocatedBytes();
        EncodedPhoto encoded = PhotoEncoder.encode(rows, OutputFormat.JPEG, 95);

        assertThat(encoded.width()).isEqualTo(4000);
        assertThat(thread.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated for 24 MB of samples")
                .isLessThan(12_000_000);
    }

    @Test
    void shouldHoldAFileTwiceAtMostWhileItIsWritten() {
        // given
        short[] samples = new short[3 * 1000 * 1000];
        Random noise = new Random(5);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) noise.nextInt();
        }
        SixteenBit photo = new SixteenBit(1000, 1000, false, samples);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PhotoEncoder.encode(colors(false), OutputFormat.PNG, 95);

        // when
        long before = thread.getCurrentThreadAllocatedBytes();
        int length = PhotoEncoder.encode(photo, OutputFormat.PNG, 95).bytes().length;

        // then
        long ofRows = 4L * samples.length;
        assertThat(thread.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated for a file of %d bytes", length)
                .isLessThan(2L * length + ofRows + 3_000_000);
    }

    private static Photo decoded(EncodedPhoto encoded) {
        PhotoDecoder decoder = new PhotoDecoder(new DecodeLimits(1_000_000, 1_000_000, 1000));
        return ((Decoded) decoder.decode(encoded.bytes())).photo();
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
