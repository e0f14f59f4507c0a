package dev.colorstream.trainer.evaluation;

import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.image.ColorPhoto.EightBit;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * A picture to judge a network by eye: photos as gray | painted | real, three photos a line, each scene on lines of its
 * own. Takes the first photos of each scene that it is offered.
 */
final class ContactSheet {
    private static final int CELL = 150;
    private static final int GAP = 4;
    private static final int PHOTOS_PER_LINE = 3;
    private static final int PHOTOS_AT_LEAST = 18;
    private static final AbPlanes GRAY = new AbPlanes(1, 1, new float[1], new float[1]);

    private final int photosPerScene;
    private final Map<String, List<BufferedImage>> stripsByScene = new TreeMap<>();

    /**
     * @param scenes how many will be offered, at least 1
     */
    ContactSheet(int scenes) {
        this.photosPerScene = Math.max(PHOTOS_PER_LINE, (PHOTOS_AT_LEAST + scenes - 1) / scenes);
    }

    void offer(Truth.Known truth, EightBit painted) {
        List<BufferedImage> strips = stripsByScene.computeIfAbsent(truth.name().scene(), scene -> new ArrayList<>());
        if (strips.size() < photosPerScene) {
            strips.add(strip(truth, painted));
        }
    }

    private static BufferedImage strip(Truth.Known truth, EightBit painted) {
        BufferedImage strip = new BufferedImage(3 * CELL, CELL, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphicsOn(strip);
        int width = truth.photo().width();
        int height = truth.photo().height();
        int[][] pictures = {
            Scores.paint(truth.photo(), GRAY).argb(), painted.argb(), truth.rgb(),
        };
        double scale = (double) CELL / Math.max(width, height);
        int shownWidth = Math.max(1, (int) Math.round(width * scale));
        int shownHeight = Math.max(1, (int) Math.round(height * scale));
        for (int i = 0; i < pictures.length; i++) {
            BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(0, 0, width, height, pictures[i], 0, width);
            int left = i * CELL + (CELL - shownWidth) / 2;
            graphics.drawImage(picture, left, (CELL - shownHeight) / 2, shownWidth, shownHeight, null);
        }
        graphics.dispose();
        return strip;
    }

    /** Writes the sheet as PNG. */
    void write(Path file) throws IOException {
        int lines = 0;
        for (List<BufferedImage> strips : stripsByScene.values()) {
            lines += linesOf(strips);
        }
        int columnWidth = 3 * CELL + 2 * GAP;
        BufferedImage sheet = new BufferedImage(
                PHOTOS_PER_LINE * columnWidth - 2 * GAP, lines * (CELL + GAP) - GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphicsOn(sheet);
        int line = 0;
        for (List<BufferedImage> strips : stripsByScene.values()) {
            for (int i = 0; i < strips.size(); i++) {
                int top = (line + i / PHOTOS_PER_LINE) * (CELL + GAP);
                graphics.drawImage(strips.get(i), i % PHOTOS_PER_LINE * columnWidth, top, null);
            }
            line += linesOf(strips);
        }
        graphics.dispose();
        if (!ImageIO.write(sheet, "png", file.toFile())) {
            throw new IOException("cannot write " + file + ": no PNG writer");
        }
    }

    private static int linesOf(List<BufferedImage> strips) {
        return (strips.size() + PHOTOS_PER_LINE - 1) / PHOTOS_PER_LINE;
    }

    private static Graphics2D graphicsOn(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        return graphics;
    }
}
