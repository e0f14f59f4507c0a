package dev.colorstream.dashboard.study;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/**
 * A photo as studies show it: real ones and colorized ones go the same way, so that neither size nor compression tells them
 * apart. Both sides are at most {@value #LONGEST_SIDE}.
 */
final class Specimen {
    private static final int LONGEST_SIDE = 800;
    private static final long MOST_PIXELS = 100_000_000;
    private static final float QUALITY = 0.9f;
    private static final int UPRIGHT = 1;

    /** The least mean distance of a color photo's channels from each other, of 255. */
    private static final double LEAST_COLOR = 4;

    private final BufferedImage image;

    private Specimen(BufferedImage image) {
        this.image = image;
    }

    /** The photo of a file; empty for what no study can show: what is none, too large, turned by the camera or not in color. */
    static Optional<Specimen> ofColorPhoto(byte[] file) {
        return isTurned(file) ? Optional.empty() : of(file).filter(Specimen::isInColor);
    }

    /** The photo of a file; empty for what is none, or too large. */
    static Optional<Specimen> of(byte[] file) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                boolean tooLarge = (long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS;
                return tooLarge ? Optional.empty() : Optional.of(new Specimen(shrunk(reader.read(0))));
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isTurned(byte[] file) {
        try {
            ExifIFD0Directory exif = ImageMetadataReader.readMetadata(new ByteArrayInputStream(file))
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer orientation = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return orientation != null && orientation != UPRIGHT;
        } catch (ImageProcessingException | IOException e) {
            return false;
        }
    }

    private static BufferedImage shrunk(BufferedImage whole) {
        double scale = Math.min(1, (double) LONGEST_SIDE / Math.max(whole.getWidth(), whole.getHeight()));
        int width = Math.max(1, (int) Math.round(whole.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(whole.getHeight() * scale));
        BufferedImage shrunk = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = shrunk.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.drawImage(whole, 0, 0, width, height, null);
        canvas.dispose();
        return shrunk;
    }

    private boolean isInColor() {
        double sum = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int red = rgb >> 16 & 0xFF;
                int green = rgb >> 8 & 0xFF;
                int blue = rgb & 0xFF;
                sum += Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
            }
        }
        return sum / ((double) image.getWidth() * image.getHeight()) >= LEAST_COLOR;
    }

    /** Without loss, to be colored. */
    byte[] png() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** As it is shown. */
    byte[] jpeg() {
        ImageWriter writer = Objects.requireNonNull(
                ImageIO.getImageWritersByFormatName("jpeg").next());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
