package dev.colorstream.colorizer.image;

import dev.colorstream.colorizer.image.ColorPhoto.EightBit;
import dev.colorstream.colorizer.image.ColorPhoto.SixteenBit;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferInt;
import java.awt.image.DataBufferUShort;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Writes color photos as files. Safe from several threads. */
public final class PhotoEncoder {
    /** The JPEG quality at which the promise on lightness holds. */
    public static final double DEFAULT_QUALITY = 95;

    private static final String JPEG_METADATA = "javax_imageio_jpeg_image_1.0";
    private static final int OPAQUE = 0xff000000;

    /** Level 5 of 9. */
    private static final float MIDDLE_DEFLATE = 0.5f;

    private PhotoEncoder() {}

    /**
     * The photo as a file that says nothing but that its colors are sRGB.
     *
     * @param quality of a JPEG, in [1,100]; the others are always exact
     */
    public static EncodedPhoto encode(ColorPhoto photo, OutputFormat format, double quality) {
        return encode(photo, format, quality, Inscription.NONE);
    }

    /**
     * The photo as a file.
     *
     * @param quality of a JPEG, in [1,100]; the others are always exact
     */
    public static EncodedPhoto encode(ColorPhoto photo, OutputFormat format, double quality, Inscription inscription) {
        if (!(quality >= 1 && quality <= 100)) {
            throw new IllegalArgumentException("quality " + quality + " not in [1,100]");
        }
        try {
            byte[] bytes = switch (format) {
                case JPEG -> JpegMarkers.inscribed(jpeg(opaque(photo), quality), inscription);
                case PNG -> PngChunks.inscribed(png(photo), inscription);
                case TIFF -> tiff(photo, inscription);
            };
            return new EncodedPhoto(bytes, format.contentType(), photo.width(), photo.height());
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing " + format + " to memory", impossible);
        }
    }

    private static byte[] jpeg(EightBit photo, double quality) throws IOException {
        ImageWriter writer = Codecs.writer("JPEG");
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality((float) (quality / 100));
        BufferedImage image = image(photo);
        IIOMetadata metadata = withFullChroma(
                writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), parameters));
        return write(writer, image, metadata, parameters);
    }

    private static byte[] png(ColorPhoto photo) throws IOException {
        ImageWriter writer = Codecs.writer("PNG");
        return write(writer, image(photo), null, writer.getDefaultWriteParam());
    }

    private static byte[] tiff(ColorPhoto photo, Inscription inscription) throws IOException {
        ImageWriter writer = Codecs.writer("TIFF");
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionType("ZLib");
        parameters.setCompressionQuality(MIDDLE_DEFLATE);
        BufferedImage image = image(photo);
        IIOMetadata ofWriter =
                writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), parameters);
        return write(writer, image, TiffFields.inscribed(ofWriter, inscription), parameters);
    }

    private static byte[] write(
            ImageWriter writer, BufferedImage image, @Nullable IIOMetadata metadata, ImageWriteParam parameters)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // A stream in memory: ImageIO's own would cache on disk.
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, metadata), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
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

    private static EightBit opaque(ColorPhoto photo) {
        if (photo instanceof EightBit eight && !eight.hasAlpha()) {
            return eight;
        }
        int[] argb = new int[photo.width() * photo.height()];
        for (int pixel = 0; pixel < argb.length; pixel++) {
            argb[pixel] = onWhite(
                    photo instanceof SixteenBit sixteen ? rounded(sixteen, pixel) : ((EightBit) photo).argb()[pixel]);
        }
        return new EightBit(photo.width(), photo.height(), false, argb);
    }

    private static int rounded(SixteenBit photo, int pixel) {
        int channels = photo.hasAlpha() ? 4 : 3;
        int argb = photo.hasAlpha() ? eightBits(photo.samples()[pixel * channels + 3]) << 24 : OPAQUE;
        for (int channel = 0; channel < 3; channel++) {
            argb |= eightBits(photo.samples()[pixel * channels + channel]) << (16 - 8 * channel);
        }
        return argb;
    }

    private static int eightBits(short sample) {
        return (Short.toUnsignedInt(sample) + 128) / 257;
    }

    private static int onWhite(int argb) {
        int alpha = argb >>> 24;
        int white = OPAQUE;
        for (int shift = 0; shift <= 16; shift += 8) {
            white |= (((argb >> shift & 0xff) * alpha + 255 * (255 - alpha) + 127) / 255) << shift;
        }
        return white;
    }

    private static BufferedImage image(ColorPhoto photo) {
        return photo instanceof SixteenBit sixteen ? image(sixteen) : image((EightBit) photo);
    }

    private static BufferedImage image(EightBit photo) {
        DirectColorModel model = photo.hasAlpha()
                ? new DirectColorModel(32, 0xff0000, 0xff00, 0xff, OPAQUE)
                : new DirectColorModel(24, 0xff0000, 0xff00, 0xff);
        WritableRaster raster = Raster.createPackedRaster(
                new DataBufferInt(photo.argb(), photo.argb().length),
                photo.width(),
                photo.height(),
                photo.width(),
                model.getMasks(),
                null);
        return new BufferedImage(model, raster, false, null);
    }

    private static BufferedImage image(SixteenBit photo) {
        int channels = photo.hasAlpha() ? 4 : 3;
        int[] offsets = photo.hasAlpha() ? new int[] {0, 1, 2, 3} : new int[] {0, 1, 2};
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                photo.hasAlpha(),
                false,
                photo.hasAlpha() ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                DataBuffer.TYPE_USHORT);
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferUShort(photo.samples(), photo.samples().length),
                photo.width(),
                photo.height(),
                photo.width() * channels,
                channels,
                offsets,
                null);
        return new BufferedImage(model, raster, false, null);
    }
}
