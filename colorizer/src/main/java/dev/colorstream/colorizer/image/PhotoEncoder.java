package dev.colorstream.colorizer.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Writes color photos as files. Safe from several threads. */
public final class PhotoEncoder {
    /** The JPEG quality at which the promise on lightness holds. */
    public static final double DEFAULT_QUALITY = 95;

    private static final String JPEG_METADATA = "javax_imageio_jpeg_image_1.0";

    /** Level 5 of 9. */
    private static final float MIDDLE_DEFLATE = 0.5f;

    private static final byte[] NOTHING = {};

    private PhotoEncoder() {}

    /**
     * The photo as a file that says nothing but that its colors are sRGB.
     *
     * @param quality of a JPEG, in [1,100]; the others are always exact
     */
    public static EncodedPhoto encode(ColorRows photo, OutputFormat format, double quality) {
        return encode(photo, format, quality, Inscription.NONE);
    }

    /**
     * The photo as a file.
     *
     * @param quality of a JPEG, in [1,100]; the others are always exact
     */
    public static EncodedPhoto encode(ColorRows photo, OutputFormat format, double quality, Inscription inscription) {
        if (!(quality >= 1 && quality <= 100)) {
            throw new IllegalArgumentException("quality " + quality + " not in [1,100]");
        }
        try {
            byte[] bytes = switch (format) {
                case JPEG -> JpegMarkers.inscribed(jpeg(photo, quality), inscription);
                case PNG -> png(photo, inscription);
                case TIFF -> tiff(photo, inscription);
            };
            return new EncodedPhoto(bytes, format.contentType(), photo.width(), photo.height());
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing " + format + " to memory", impossible);
        }
    }

    private static byte[] jpeg(ColorRows photo, double quality) throws IOException {
        ImageWriter writer = Codecs.writer("JPEG");
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality((float) (quality / 100));
        BufferedImage image = opaque(photo);
        IIOMetadata metadata = withFullChroma(
                writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), parameters));
        return write(writer, image, metadata, parameters, NOTHING, 0);
    }

    private static byte[] png(ColorRows photo, Inscription inscription) throws IOException {
        ImageWriter writer = Codecs.writer("PNG");
        byte[] chunks = PngChunks.inscription(inscription);
        return write(writer, image(photo), null, writer.getDefaultWriteParam(), chunks, PngChunks.BEHIND_HEADER);
    }

    private static byte[] tiff(ColorRows photo, Inscription inscription) throws IOException {
        ImageWriter writer = Codecs.writer("TIFF");
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionType("ZLib");
        parameters.setCompressionQuality(MIDDLE_DEFLATE);
        BufferedImage image = image(photo);
        IIOMetadata ofWriter =
                writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), parameters);
        return write(writer, image, TiffFields.inscribed(ofWriter, inscription), parameters, NOTHING, 0);
    }

    /** The file of an image, with something put in at a place. */
    private static byte[] write(
            ImageWriter writer,
            BufferedImage image,
            @Nullable IIOMetadata metadata,
            ImageWriteParam parameters,
            byte[] insertion,
            int place)
            throws IOException {
        try (FileInBlocks file = new FileInBlocks()) {
            writer.setOutput(file);
            writer.write(null, new IIOImage(image, null, metadata), parameters);
            return file.with(insertion, place);
        } finally {
            writer.dispose();
        }
    }

    /** 4:4:4: the writer's default halves chroma both ways, which smears color over edges and moves lightness. */
    private static IIOMetadata withFullChroma(IIOMetadata metadata) throws IIOInvalidTreeException {
        Element root = (Element) metadata.getAsTree(JPEG_METADATA);
        NodeList components = root.getElementsByTagName("componentSpec");
        for (int i = 0; i < components.getLength(); i++) {
            Element component = (Element) components.item(i);
            component.setAttribute("HsamplingFactor", "1");
            component.setAttribute("VsamplingFactor", "1");
        }
        metadata.setFromTree(JPEG_METADATA, root);
        return metadata;
    }

    private static BufferedImage image(ColorRows photo) {
        int type = photo.bitDepth() == 16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
        return image(photo.width(), photo.height(), photo.hasAlpha(), type, photo::read);
    }

    /** In 8 bits, on white. */
    private static BufferedImage opaque(ColorRows photo) {
        if (photo.bitDepth() == 8 && !photo.hasAlpha()) {
            return image(photo);
        }
        int channels = photo.hasAlpha() ? 4 : 3;
        int[] row = new int[photo.width() * channels];
        return image(photo.width(), photo.height(), false, DataBuffer.TYPE_BYTE, (y, samples) -> {
            photo.read(y, row);
            for (int pixel = 0; pixel < photo.width(); pixel++) {
                int alpha = photo.hasAlpha() ? eightBits(row[pixel * channels + 3], photo) : 255;
                for (int color = 0; color < 3; color++) {
                    samples[3 * pixel + color] = onWhite(eightBits(row[pixel * channels + color], photo), alpha);
                }
            }
        });
    }

    private static int eightBits(int sample, ColorRows photo) {
        return photo.bitDepth() == 8 ? sample : (sample + 128) / 257;
    }

    private static int onWhite(int color, int alpha) {
        return (color * alpha + 255 * (255 - alpha) + 127) / 255;
    }

    private static BufferedImage image(int width, int height, boolean hasAlpha, int dataType, RowRaster.Rows rows) {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                hasAlpha,
                false,
                hasAlpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                dataType);
        RowRaster raster = new RowRaster(width, height, hasAlpha ? 4 : 3, dataType, rows);
        return new BufferedImage(model, raster, false, null);
    }
}
