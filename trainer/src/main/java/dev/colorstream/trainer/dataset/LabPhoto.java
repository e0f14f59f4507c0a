package dev.colorstream.trainer.dataset;

import dev.colorstream.colorizer.image.ColorDecodeOutcome.DecodedInColor;
import dev.colorstream.colorizer.image.DecodeLimits;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.image.PhotoDecoder;
import dev.colorstream.colorizer.lab.CieLab;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * A color photo in Lab, a byte a value.
 *
 * @param planes L, a, b, each height x width, row-major, unsigned: L * 2.55, a + 128, b + 128
 */
public record LabPhoto(int width, int height, byte[] planes) {
    /** What a byte step of L is. */
    public static final float LIGHTNESS_STEP = 1 / 2.55f;

    /** What an a or b of 0 is stored as. */
    public static final int NEUTRAL = 128;

    private static final long MOST_BYTES = 64_000_000;
    private static final long MOST_PIXELS = 32_000_000;
    private static final PhotoDecoder DECODER =
            new PhotoDecoder(new DecodeLimits(MOST_BYTES, MOST_PIXELS, DecodeLimits.LONGEST_SIDE));

    /** Whether any pixel is not gray. */
    public boolean hasColor() {
        for (int i = width * height; i < planes.length; i++) {
            if (planes[i] != (byte) NEUTRAL) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads a photo as it is displayed and shrinks it where its shorter side is longer than {@code maxShortSide}.
     *
     * @return empty where the bytes are no photo that can be read
     */
    public static Optional<LabPhoto> decode(byte[] bytes, int maxShortSide) {
        if (!(DECODER.decodeInColor(bytes) instanceof DecodedInColor decoded)) {
            return Optional.empty();
        }
        Photo photo = decoded.photo();
        BufferedImage image = new BufferedImage(photo.width(), photo.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, photo.width(), photo.height(), decoded.rgb(), 0, photo.width());
        BufferedImage shrunk = shrink(image, maxShortSide);
        int width = shrunk.getWidth();
        int height = shrunk.getHeight();
        int pixels = width * height;
        byte[] planes = new byte[3 * pixels];
        int[] rgb = shrunk.getRGB(0, 0, width, height, null, 0, width);
        float[] lab = new float[3];
        for (int i = 0; i < pixels; i++) {
            CieLab.fromRgb8(rgb[i], lab, 0);
            planes[i] = (byte) Math.round(lab[0] / LIGHTNESS_STEP);
            planes[pixels + i] = (byte) (Math.round(lab[1]) + NEUTRAL);
            planes[2 * pixels + i] = (byte) (Math.round(lab[2]) + NEUTRAL);
        }
        return Optional.of(new LabPhoto(width, height, planes));
    }

    private static BufferedImage shrink(BufferedImage image, int maxShortSide) {
        BufferedImage current = image;
        while (Math.min(current.getWidth(), current.getHeight()) > maxShortSide) {
            // By at most a half at a time, so that bilinear interpolation reads every pixel.
            double scale = Math.max(0.5, (double) maxShortSide / Math.min(current.getWidth(), current.getHeight()));
            int width = Math.max(1, (int) Math.round(current.getWidth() * scale));
            int height = Math.max(1, (int) Math.round(current.getHeight() * scale));
            BufferedImage next = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = next.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(current, 0, 0, width, height, null);
            graphics.dispose();
            current = next;
        }
        return current;
    }
}
