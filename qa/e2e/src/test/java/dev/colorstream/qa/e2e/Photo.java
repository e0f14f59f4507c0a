package dev.colorstream.qa.e2e;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;

/** A photo's pixels. */
record Photo(BufferedImage pixels) {
    static Photo read(Path file) {
        try {
            return new Photo(Objects.requireNonNull(ImageIO.read(file.toFile()), file + " is no photo"));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** A small gray JPEG with a pattern that differs from that of any other seed. */
    static void writeSmallGray(Path file, int seed) {
        int size = 64;
        var gray = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int wave = (int) (127 + 60 * Math.sin((x + seed) / 9.0) + 60 * Math.cos(y * (1 + seed % 13) / 40.0));
                gray.getRaster().setSample(x, y, 0, wave);
            }
        }
        try {
            ImageIO.write(gray, "jpg", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    String size() {
        return pixels.getWidth() + "x" + pixels.getHeight();
    }

    /** The mean over all pixels of the widest distance between two channels; 0 for a gray photo. */
    double colorfulness() {
        long sum = 0;
        for (int y = 0; y < pixels.getHeight(); y++) {
            for (int x = 0; x < pixels.getWidth(); x++) {
                int rgb = pixels.getRGB(x, y);
                int red = rgb >> 16 & 0xff;
                int green = rgb >> 8 & 0xff;
                int blue = rgb & 0xff;
                sum += Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
            }
        }
        return (double) sum / pixels.getWidth() / pixels.getHeight();
    }
}
