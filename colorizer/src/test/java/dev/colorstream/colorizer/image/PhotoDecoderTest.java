package dev.colorstream.colorizer.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import dev.colorstream.colorizer.image.PhotoNotes.Resolution;
import dev.colorstream.colorizer.image.ProbeOutcome.Header;
import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.colorizer.lab.Srgb;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PhotoDecoderTest {
    private static final PhotoDecoder DECODER = new PhotoDecoder(new DecodeLimits(8_000_000, 4_000_000, 5000));

    private static Photo decoded(byte[] bytes) {
        DecodeOutcome outcome = DECODER.decode(bytes);
        assertThat(outcome).isInstanceOf(Decoded.class);
        return ((Decoded) outcome).photo();
    }

    private static RejectionReason rejected(byte[] bytes) {
        DecodeOutcome outcome = DECODER.decode(bytes);
        assertThat(outcome).isInstanceOf(Rejected.class);
        assertThat(((Rejected) outcome).detail()).isNotBlank();
        return ((Rejected) outcome).reason();
    }

    private static double grayLightness(double encoded) {
        double light = Srgb.toLinear(encoded);
        float[] lab = new float[3];
        CieLab.fromLinear(light, light, light, lab, 0);
        return lab[0];
    }

    @Test
    void shouldReadRealPhotosAndTellTheOneThatIsAlreadyBlackAndWhite() throws IOException {
        Photo meadow = decoded(PhotoFiles.sample("meadow.jpg"));
        assertThat(meadow.width()).isEqualTo(800);
        assertThat(meadow.height()).isEqualTo(640);
        assertThat(meadow.hadColor()).isTrue();
        assertThat(meadow.format()).isEqualTo(PhotoFormat.JPEG);
        assertThat(meadow.bitDepth()).isEqualTo(8);
        assertThat(meadow.hasAlpha()).isFalse();

        assertThat(decoded(PhotoFiles.sample("jetty-black-and-white.jpg")).hadColor())
                .isFalse();
    }

    @Test
    void shouldReadTheSameLightnessFromEveryFormat() throws IOException {
        BufferedImage image = PhotoFiles.colors(31, 17, BufferedImage.TYPE_3BYTE_BGR);
        for (String format : new String[] {"png", "bmp", "tiff"}) {
            Photo photo = decoded(PhotoFiles.write(image, format));

            assertThat(photo.format().name()).isEqualToIgnoringCase(format);
            for (int y = 0; y < 17; y++) {
                for (int x = 0; x < 31; x++) {
                    float[] lab = new float[3];
                    CieLab.fromRgb8(image.getRGB(x, y), lab, 0);
                    assertThat(photo.luminance()[y * 31 + x])
                            .as("%s at %d,%d", format, x, y)
                            .isCloseTo(lab[0], within(1e-3f));
                }
            }
        }
    }

    @Test
    void shouldTakeGrayCodesForSrgbCodesAndNotForLinearLight() throws IOException {
        BufferedImage gray = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 256; x++) {
            gray.getRaster().setSample(x, 0, 0, x);
        }

        Photo png = decoded(PhotoFiles.write(gray, "png"));
        Photo jpeg = decoded(PhotoFiles.write(gray, "jpg"));

        assertThat(png.hadColor()).isFalse();
        for (int x = 0; x < 256; x++) {
            assertThat((double) png.luminance()[x]).isCloseTo(grayLightness(x / 255.0), within(1e-3));
            assertThat((double) jpeg.luminance()[x]).isCloseTo(grayLightness(x / 255.0), within(2.5));
        }
    }

    @Test
    void shouldKeepSixteenBitsOfGray() throws IOException {
        BufferedImage gray = new BufferedImage(1000, 1, BufferedImage.TYPE_USHORT_GRAY);
        for (int x = 0; x < 1000; x++) {
            gray.getRaster().setSample(x, 0, 0, 20_000 + x);
        }

        for (String format : new String[] {"png", "tiff"}) {
            Photo photo = decoded(PhotoFiles.write(gray, format));

            assertThat(photo.bitDepth()).isEqualTo(16);
            for (int x = 0; x < 1000; x++) {
                assertThat((double) photo.luminance()[x])
                        .isCloseTo(grayLightness((20_000 + x) / 65535.0), within(1e-4));
            }
        }
    }

    @Test
    void shouldKeepAlphaAndReadTheColorUnderIt() throws IOException {
        BufferedImage image = PhotoFiles.colors(20, 10, BufferedImage.TYPE_INT_ARGB);

        Photo photo = decoded(PhotoFiles.write(image, "png"));

        assertThat(photo.hasAlpha()).isTrue();
        for (int i = 0; i < 200; i++) {
            int argb = image.getRGB(i % 20, i / 20);
            float[] lab = new float[3];
            CieLab.fromRgb8(argb, lab, 0);
            assertThat((int) photo.alpha()[i]).isEqualTo(argb >>> 24);
            assertThat(photo.luminance()[i]).isCloseTo(lab[0], within(1e-3f));
        }
    }

    @Test
    void shouldSeeThroughATransparentToneOfAnyDepth() {
        for (int bits : new int[] {1, 2, 4, 8, 16}) {
            // given
            int highest = (1 << bits) - 1;
            int[] tones = {0, highest, highest / 3, highest};
            byte[] tone = {(byte) (highest >> 8), (byte) highest};
            PngFile png = new PngFile().header(4, 1, bits, PngFile.GRAY).chunk("tRNS", tone);

            // when
            Photo photo = decoded(png.pixels(PngFile.rows(tones, 4, bits)).end());

            // then
            char opaque = bits == 16 ? (char) 65535 : 255;
            assertThat(photo.alpha()).as("of %d bits", bits).containsExactly(opaque, (char) 0, opaque, (char) 0);
        }
    }

    @Test
    void shouldReadPalettesAndBilevelPictures() throws IOException {
        byte[] ramp = new byte[16];
        for (int i = 0; i < 16; i++) {
            ramp[i] = (byte) (17 * i);
        }
        BufferedImage palette = new BufferedImage(
                16, 9, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 16, ramp, new byte[16], ramp));
        BufferedImage bilevel = new BufferedImage(16, 9, BufferedImage.TYPE_BYTE_BINARY);
        for (int x = 0; x < 16; x++) {
            palette.getRaster().setSample(x, 1, 0, x);
            bilevel.getRaster().setSample(x, 1, 0, x % 2);
        }

        for (String format : new String[] {"png", "gif"}) {
            Photo indexed = decoded(PhotoFiles.write(palette, format));
            float[] lab = new float[3];
            CieLab.fromRgb8(0xff00ff, lab, 0);
            assertThat(indexed.luminance()[31]).isCloseTo(lab[0], within(1e-3f));
            assertThat(indexed.hadColor()).isTrue();
        }
        Photo twoTone = decoded(PhotoFiles.write(bilevel, "png"));
        assertThat(twoTone.luminance()[16]).isCloseTo(0, within(1e-4f));
        assertThat(twoTone.luminance()[17]).isCloseTo(100, within(1e-4f));
        assertThat(twoTone.hadColor()).isFalse();
    }

    @Test
    void shouldReadOrientationResolutionAndDatesOfBigTiffAsOfTiff() {
        for (boolean isBig : new boolean[] {false, true}) {
            // given
            TiffFile file = new TiffFile(ByteOrder.BIG_ENDIAN, isBig);
            TiffFile.Page exif =
                    file.directory().text(36867, "1931:05:01 08:00:00").text(36868, "2019:12:24 18:30:00");
            file.page()
                    .picture(4, 2, 1, 8, 1, 1)
                    .piece(new byte[8])
                    .tag(274, TiffFile.SHORT, 6)
                    .rational(282, 300, 1)
                    .rational(283, 1200, 2)
                    .tag(296, TiffFile.SHORT, 2)
                    .text(306, "2026:01:31 12:00:00")
                    .below(34665, exif);

            // when
            Photo photo = decoded(file.bytes());

            // then
            assertThat(photo.width()).isEqualTo(2);
            assertThat(photo.notes())
                    .isEqualTo(new PhotoNotes(
                            Resolution.of(600, 300),
                            Optional.of("2026:01:31 12:00:00"),
                            Optional.of("1931:05:01 08:00:00"),
                            Optional.of("2019:12:24 18:30:00"),
                            1));
        }
    }

    @Test
    void shouldTellSizeAndFormatByTheHeaderAlone() throws IOException {
        byte[] dune = PhotoFiles.sample("dune.jpg");
        byte[] png = PhotoFiles.write(PhotoFiles.colors(300, 200, BufferedImage.TYPE_INT_RGB), "png");

        assertThat(DECODER.probe(Arrays.copyOf(dune, 2000))).isEqualTo(new Header(PhotoFormat.JPEG, 800, 500));
        assertThat(DECODER.probe(Arrays.copyOf(png, 64))).isEqualTo(new Header(PhotoFormat.PNG, 300, 200));
    }

    @Test
    void shouldCallWhatIsNoPhotoByItsReason() throws IOException {
        assertThat(rejected(new byte[0])).isEqualTo(RejectionReason.EMPTY);
        assertThat(rejected("BMW is a car, not a bitmap".getBytes(UTF_8))).isEqualTo(RejectionReason.NOT_A_PHOTO);
        assertThat(rejected("%PDF-1.7 and more".getBytes(UTF_8))).isEqualTo(RejectionReason.NOT_A_PHOTO);
        assertThat(rejected(new byte[4096])).isEqualTo(RejectionReason.NOT_A_PHOTO);
        assertThat(rejected("RIFF\1\2\3\4WEBPVP8 ".getBytes(UTF_8))).isEqualTo(RejectionReason.CORRUPT);
    }

    @Test
    void shouldCallAFileCutAnywhereCorrupt() throws IOException {
        BufferedImage image = PhotoFiles.colors(92, 60, BufferedImage.TYPE_3BYTE_BGR);
        byte[][] files = {
            PhotoFiles.sample("lake-fog.jpg"),
            PhotoFiles.write(image, "png"),
            PhotoFiles.write(image, "gif"),
            PhotoFiles.write(image, "bmp"),
            PhotoFiles.write(image, "tiff")
        };
        for (byte[] file : files) {
            for (int percent = 10; percent < 100; percent += 10) {
                assertThat(rejected(Arrays.copyOf(file, file.length * percent / 100)))
                        .as("%s cut to %d %%", PhotoFormat.of(file), percent)
                        .isEqualTo(RejectionReason.CORRUPT);
            }
            assertThat(rejected(Arrays.copyOf(file, file.length - 2))).isEqualTo(RejectionReason.CORRUPT);
        }
    }

    @Test
    void shouldNotTakeAThumbnailsEndForThePhotosEnd() throws IOException {
        byte[] photo = PhotoFiles.sample("lake-fog.jpg");
        byte[] thumbnail = PhotoFiles.write(PhotoFiles.colors(16, 16, BufferedImage.TYPE_3BYTE_BGR), "jpg");
        ByteBuffer withThumbnail = ByteBuffer.allocate(photo.length + thumbnail.length + 4);
        withThumbnail.put(photo, 0, 2).putShort((short) 0xffe1).putShort((short) (thumbnail.length + 2));
        withThumbnail.put(thumbnail).put(photo, 2, photo.length - 2);
        byte[] whole = withThumbnail.array();

        assertThat(decoded(whole).width()).isEqualTo(800);
        assertThat(rejected(Arrays.copyOf(whole, whole.length - 2000))).isEqualTo(RejectionReason.CORRUPT);
    }

    @Test
    void shouldReadAPhotoWithOtherBytesBehindItsEnd() throws IOException {
        byte[] photo = PhotoFiles.sample("lake-fog.jpg");

        assertThat(decoded(Arrays.copyOf(photo, photo.length + 500)).height()).isEqualTo(500);
    }

    @Test
    void shouldCallDamagedPixelsCorrupt() throws IOException {
        byte[] png = PhotoFiles.write(PhotoFiles.colors(90, 60, BufferedImage.TYPE_3BYTE_BGR), "png");
        png[png.length / 2] ^= 0x10;
        assertThat(rejected(png)).isEqualTo(RejectionReason.CORRUPT);
    }

    @Test
    void shouldAnswerEveryDamageWithAnOutcomeNeverAnException() throws IOException {
        Random random = new Random(11);
        BufferedImage image = PhotoFiles.colors(40, 30, BufferedImage.TYPE_3BYTE_BGR);
        int whole = 0;
        for (String format : new String[] {"jpg", "png", "gif", "bmp", "tiff"}) {
            byte[] file = PhotoFiles.write(image, format);
            for (int i = 0; i < 400; i++) {
                byte[] damaged = file.clone();
                for (int hit = 0; hit < 3; hit++) {
                    damaged[random.nextInt(file.length)] = (byte) random.nextInt();
                }
                whole += DECODER.decode(damaged) instanceof Decoded ? 1 : 0;
            }
        }
        // Some damage does not show, in a BMP's pixels for one; most of it does.
        assertThat(whole).isBetween(1, 1500);
    }

    @Test
    void shouldRefuseTooManyBytesAndPixelsBeforeReadingThem() throws IOException {
        PhotoDecoder narrow = new PhotoDecoder(new DecodeLimits(100_000, 10_000, 300));
        byte[] wide = PhotoFiles.write(new BufferedImage(400, 2, BufferedImage.TYPE_BYTE_GRAY), "png");
        byte[] large = PhotoFiles.write(new BufferedImage(101, 100, BufferedImage.TYPE_BYTE_GRAY), "png");
        byte[] allowed = PhotoFiles.write(new BufferedImage(100, 100, BufferedImage.TYPE_BYTE_GRAY), "png");

        assertThat(narrow.decode(new byte[100_001]))
                .isEqualTo(new Rejected(RejectionReason.TOO_MANY_BYTES, "100001 bytes, 100000 allowed"));
        assertThat(((Rejected) narrow.probe(wide)).reason()).isEqualTo(RejectionReason.TOO_MANY_PIXELS);
        assertThat(((Rejected) narrow.decode(large)).reason()).isEqualTo(RejectionReason.TOO_MANY_PIXELS);
        assertThat(narrow.decode(allowed)).isInstanceOf(Decoded.class);
        assertThat(((Rejected) DECODER.decode(pngClaiming(60_000, 60_000))).reason())
                .isEqualTo(RejectionReason.TOO_MANY_PIXELS);
    }

    @Test
    void shouldNotCallAPhotoCorruptThatTheHeapHasNoRoomFor() {
        // given
        PhotoDecoder wide = new PhotoDecoder(new DecodeLimits(1000, DecodeLimits.MOST_PIXELS, 16_000));
        PngFile ofTwoGigabytes = new PngFile().header(16_000, 16_000, 16, PngFile.RGB_ALPHA);
        byte[] png = ofTwoGigabytes.pixels(new byte[1]).end();

        // when
        ThrowingCallable decode = () -> wide.decode(png);

        // then
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(decode);
    }

    /** A small file whose header claims a huge picture. */
    private static byte[] pngClaiming(int width, int height) throws IOException {
        ByteBuffer png =
                ByteBuffer.wrap(PhotoFiles.write(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY), "png"));
        png.putInt(16, width).putInt(20, height);
        CRC32 sum = new CRC32();
        sum.update(png.array(), 12, 17);
        png.putInt(29, (int) sum.getValue());
        return png.array();
    }
}
