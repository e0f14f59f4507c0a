package dev.colorstream.trainer;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Photos of a fixed seed: a blue sky that fades over green or brown ground. */
public final class SyntheticPhotos {
    private SyntheticPhotos() {}

    /** A folder of so many PNG photos, half of them in each of two scene folders. */
    public static Path folder(Path folder, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Path scene = Files.createDirectories(folder.resolve(i % 2 == 0 ? "field" : "desert"));
            Files.write(scene.resolve("photo" + i + ".png"), png(landscape(64, 48, i)));
        }
        return folder;
    }

    /** One photo. */
    public static BufferedImage landscape(int width, int height, long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        int horizon = height / 3 + random.nextInt(height / 3);
        graphics.setPaint(new GradientPaint(0, 0, new Color(60, 110, 220), 0, horizon, new Color(200, 215, 240)));
        graphics.fillRect(0, 0, width, horizon);
        graphics.setColor(seed % 2 == 0 ? new Color(50, 130, 40) : new Color(170, 120, 60));
        graphics.fillRect(0, horizon, width, height - horizon);
        for (int i = 0; i < 30; i++) {
            int shade = random.nextInt(60);
            graphics.setColor(new Color(shade, shade + 20, shade));
            graphics.fillRect(random.nextInt(width), horizon + random.nextInt(height - horizon), 3, 3);
        }
        graphics.dispose();
        return image;
    }

    /** A photo as a PNG file's bytes. */
    public static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
