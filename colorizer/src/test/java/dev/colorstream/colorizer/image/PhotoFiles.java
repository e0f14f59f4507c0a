package dev.colorstream.colorizer.image;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Photo files to read: the samples, and pictures written by ImageIO. */
final class PhotoFiles {
    private PhotoFiles() {}

    static byte[] sample(String name) throws IOException {
        return Files.readAllBytes(Path.of("..", "samples", name));
    }

    static byte[] write(RenderedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("ImageIO has no writer for " + format);
        }
        return bytes.toByteArray();
    }

    /** A picture of smooth random colors. */
    static BufferedImage colors(int width, int height, int type) {
        Random random = new Random(1);
        double[] waves = random.doubles(12, 0.5, 4).toArray();
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int argb = 0;
                for (int channel = 0; channel < 4; channel++) {
                    double wave = Math.sin(waves[channel] * x / 9 + waves[channel + 4])
                            + Math.cos(waves[channel + 8] * y / 9);
                    argb = argb << 8 | (int) (127.5 + 63 * wave);
                }
                image.setRGB(x, y, argb);
            }
        }
        return image;
    }
}
