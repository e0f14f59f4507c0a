package dev.colorstream.colorizer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.image.ColorDecodeOutcome.DecodedInColor;
import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import dev.colorstream.colorizer.lab.CieLab;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OrientationTest {
    private static final PhotoDecoder DECODER = new PhotoDecoder(new DecodeLimits(1_000_000, 1_000_000, 5000));

    /** Where the stored picture's black top left quarter and gray top right quarter are displayed, for 1 to 8. */
    private static final String[] DISPLAYED = {
        "black gray white white",
        "gray black white white",
        "white white gray black",
        "white white black gray",
        "black white gray white",
        "white black white gray",
        "white gray white black",
        "gray white black white"
    };

    @Test
    void shouldDisplayAPhotoAsItsExifOrientationSays() throws IOException {
        byte[] jpeg = PhotoFiles.write(quarters(), "jpg");
        for (int orientation = 1; orientation <= 8; orientation++) {
            Photo photo = decoded(withOrientation(jpeg, orientation));

            assertThat(photo.width()).as("width, %d", orientation).isEqualTo(orientation < 5 ? 64 : 32);
            assertThat(photo.height()).as("height, %d", orientation).isEqualTo(orientation < 5 ? 32 : 64);
            assertThat(corners(photo)).as("orientation %d", orientation).isEqualTo(DISPLAYED[orientation - 1]);
        }
    }

    @Test
    void shouldDisplayAPhotoAsStoredWhereItsOrientationIsNoneOfTheEight() throws IOException {
        byte[] jpeg = PhotoFiles.write(quarters(), "jpg");
        for (int orientation : new int[] {0, 9, 65535}) {
            assertThat(corners(decoded(withOrientation(jpeg, orientation)))).isEqualTo(DISPLAYED[0]);
        }
    }

    @Test
    void shouldTurnTheColorsWithTheLightness() throws IOException {
        BufferedImage colored = new BufferedImage(48, 24, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 48; x++) {
                colored.setRGB(x, y, new Color(5 * x, 10 * y, x + y).getRGB());
            }
        }
        byte[] jpeg = PhotoFiles.write(colored, "jpg");
        float[] lab = new float[3];
        for (int orientation = 1; orientation <= 8; orientation++) {
            var decoded = (DecodedInColor) DECODER.decodeInColor(withOrientation(jpeg, orientation));

            Photo photo = decoded.photo();
            assertThat(photo.luminance())
                    .isEqualTo(decoded(withOrientation(jpeg, orientation)).luminance());
            for (int i = 0; i < decoded.rgb().length; i++) {
                CieLab.fromRgb8(decoded.rgb()[i], lab, 0);
                assertThat(lab[0]).isCloseTo(photo.luminance()[i], within(1e-3f));
            }
        }
    }

    @Test
    void shouldGiveAGrayPhotoItsOwnCodesAsColors() throws IOException {
        var decoded = (DecodedInColor) DECODER.decodeInColor(PhotoFiles.write(quarters(), "png"));

        assertThat(decoded.photo().hadColor()).isFalse();
        assertThat(decoded.rgb()[0]).isZero();
        assertThat(decoded.rgb()[63]).isEqualTo(0x808080);
    }

    @Test
    void shouldReadAPhotoWhoseExifIsBroken() throws IOException {
        byte[] jpeg = withOrientation(PhotoFiles.write(quarters(), "jpg"), 6);
        // The mark of the byte order.
        ByteBuffer.wrap(jpeg).putShort(12, (short) 0x5858);

        assertThat(corners(decoded(jpeg))).isEqualTo(DISPLAYED[0]);
    }

    @Test
    void shouldPutEachStoredPixelWhereItIsDisplayed() {
        assertThat(places(Orientation.UPRIGHT)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(places(Orientation.UPSIDE_DOWN)).containsExactly(5, 4, 3, 2, 1, 0);
        assertThat(places(Orientation.TRANSPOSED)).containsExactly(0, 2, 4, 1, 3, 5);
        assertThat(places(Orientation.TURNED_RIGHT)).containsExactly(1, 3, 5, 0, 2, 4);
    }

    /** Of a picture of 3 x 2. */
    private static int[] places(Orientation orientation) {
        int[] places = new int[6];
        for (int i = 0; i < 6; i++) {
            places[i] = orientation.first(i / 3, 3, 2) + i % 3 * orientation.step(2);
        }
        return places;
    }

    private static Photo decoded(byte[] bytes) {
        DecodeOutcome outcome = DECODER.decode(bytes);
        assertThat(outcome).isInstanceOf(Decoded.class);
        return ((Decoded) outcome).photo();
    }

    /** 64 x 32: black, gray / white, white. */
    private static BufferedImage quarters() {
        BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 64; x++) {
                int top = x < 32 ? 0 : 128;
                image.getRaster().setSample(x, y, 0, y < 16 ? top : 255);
            }
        }
        return image;
    }

    private static String corners(Photo photo) {
        int right = photo.width() - 4;
        int bottom = photo.height() - 4;
        return String.join(
                " ", tone(photo, 3, 3), tone(photo, right, 3), tone(photo, 3, bottom), tone(photo, right, bottom));
    }

    private static String tone(Photo photo, int x, int y) {
        float lightness = photo.luminance()[y * photo.width() + x];
        if (lightness < 20) {
            return "black";
        }
        return lightness > 80 ? "white" : "gray";
    }

    /** The file with an EXIF segment, big-endian, of the one tag. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + 36);
        file.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) 34);
        file.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
        file.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        file.putShort((short) orientation).putShort((short) 0).putInt(0);
        return file.put(jpeg, 2, jpeg.length - 2).array();
    }
}
