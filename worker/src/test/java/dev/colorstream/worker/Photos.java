package dev.colorstream.worker;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Gray photos, each another. */
final class Photos {
    private Photos() {}

    static byte[] jpeg(int width, int height, long seed) {
        return file("jpg", width, height, seed);
    }

    static byte[] png(int width, int height, long seed) {
        return file("png", width, height, seed);
    }

    static BufferedImage read(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A slope of light with some noise. */
    private static byte[] file(String format, int width, int height, long seed) {
        Random random = new Random(seed);
        int slope = 1 + random.nextInt(5);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, (slope * x + y + random.nextInt(16)) & 0xff);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
