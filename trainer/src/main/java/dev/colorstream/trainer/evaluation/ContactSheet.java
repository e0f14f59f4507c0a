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
 * A picture to judge networks by eye: photos as gray | painted by each network | real, as many photos a line as there is
 * room for, each scene on lines of its own. Takes the first photos of each scene that it is offered.
 */
final class ContactSheet {
    private static final int CELL = 150;
    private static final int GAP = 4;
    private static final int PICTURES_PER_LINE = 9;
    private static final int PHOTOS_AT_LEAST = 18;
    private static final AbPlanes GRAY = new AbPlanes(1, 1, new float[1], new float[1]);

    private final int picturesPerPhoto;
    private final int photosPerLine;
    private final int photosPerScene;
    private final Map<String, List<BufferedImage>> stripsByScene = new TreeMap<>();

    /**
     * @param networks how many paint each photo, at least 1
     * @param scenes how many will be offered, at least 1
     */
    ContactSheet(int networks, int scenes) {
        this.picturesPerPhoto = networks + 2;
        this.photosPerLine = Math.max(1, PICTURES_PER_LINE / picturesPerPhoto);
        this.photosPerScene = Math.max(photosPerLine, (PHOTOS_AT_LEAST + scenes - 1) / scenes);
    }

    /** @param painted by each network, always in the same order */
    void offer(Truth.Known truth, List<EightBit> painted) {
        List<BufferedImage> strips = stripsByScene.computeIfAbsent(truth.name().scene(), scene -> new ArrayList<>());
        if (strips.size() < photosPerScene) {
            strips.add(strip(truth, painted));
        }
    }

    private BufferedImage strip(Truth.Known truth, List<EightBit> painted) {
        BufferedImage strip = new BufferedImage(picturesPerPhoto * CELL, CELL, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphicsOn(strip);
        int width = truth.photo().width();
        int height = truth.photo().height();
        List<int[]> pictures = new ArrayList<>();
        pictures.add(Scores.paint(truth.photo(), GRAY).argb());
        painted.forEach(picture -> pictures.add(picture.argb()));
        pictures.add(truth.rgb());
        double scale = (double) CELL / Math.max(width, height);
        int shownWidth = Math.max(1, (int) Math.round(width * scale));
        int shownHeight = Math.max(1, (int) Math.round(height * scale));
        for (int i = 0; i < pictures.size(); i++) {
            BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(0, 0, width, height, pictures.get(i), 0, width);
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
        int columnWidth = picturesPerPhoto * CELL + 2 * GAP;
        BufferedImage sheet = new BufferedImage(
                photosPerLine * columnWidth - 2 * GAP, lines * (CELL + GAP) - GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphicsOn(sheet);
        int line = 0;
        for (List<BufferedImage> strips : stripsByScene.values()) {
            for (int i = 0; i < strips.size(); i++) {
                int top = (line + i / photosPerLine) * (CELL + GAP);
                graphics.drawImage(strips.get(i), i % photosPerLine * columnWidth, top, null);
            }
            line += linesOf(strips);
        }
        graphics.dispose();
        if (!ImageIO.write(sheet, "png", file.toFile())) {
            throw new IOException("cannot write " + file + ": no PNG writer");
        }
    }

    private int linesOf(List<BufferedImage> strips) {
        return (strips.size() + photosPerLine - 1) / photosPerLine;
    }

    private static Graphics2D graphicsOn(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        return graphics;
    }
}
