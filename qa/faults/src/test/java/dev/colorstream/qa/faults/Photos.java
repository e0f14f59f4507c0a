package dev.colorstream.qa.faults;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Gray photos. */
final class Photos {
    private static final int SMALL = 48;
    private static final int LARGE = 2_500;

    private Photos() {}

    /** One that costs next to nothing. */
    static byte[] small() {
        return jpeg(SMALL);
    }

    /** One that takes a decoder and an encoder a while. */
    static byte[] large() {
        return jpeg(LARGE);
    }

    private static byte[] jpeg(int side) {
        BufferedImage gray = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                gray.getRaster().setSample(x, y, 0, (3 * x + y + x * y % 7) & 0xff);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(gray, "jpg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
