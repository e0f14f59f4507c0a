package dev.colorstream.colorizer.image;

import dev.colorstream.colorizer.image.ColorDecodeOutcome.DecodedInColor;
import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.colorizer.lab.Srgb;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** The samples of a picture as ImageIO read it, turned into a photo's lightness. */
final class Pixels {
    /** Channels that differ by less than this of 255 are a gray photo's noise. */
    private static final int GRAY_NOISE = 8;

    private final int width;
    private final int height;
    private final Raster raster;
    private final int bands;
    private final int highest;
    private final boolean isGray;
    private final boolean hasAlpha;

    private Pixels(BufferedImage image) throws UnsupportedPixelsException {
        ColorModel model = image.getColorModel();
        width = image.getWidth();
        height = image.getHeight();
        raster = image.getRaster();
        bands = raster.getNumBands();
        hasAlpha = model.hasAlpha();
        int colors = bands - (hasAlpha ? 1 : 0);
        isGray = colors == 1;
        int type = raster.getTransferType();
        boolean isInteger =
                type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
        int bits = 0;
        for (int band = 0; band < bands; band++) {
            bits = Math.max(bits, raster.getSampleModel().getSampleSize(band));
        }
        if (!isInteger || bits > 16 || (colors != 1 && colors != 3)) {
            throw new UnsupportedPixelsException(
                    colors + " color channels of " + bits + " bits; gray and RGB of up to 16 whole bits are read");
        }
        highest = bits > 8 ? 65535 : 255;
    }

    static Photo photo(BufferedImage image, PhotoFormat format) throws UnsupportedPixelsException {
        return new Pixels(inSrgb(image)).photo(format, new int[0]);
    }

    static DecodedInColor inColor(BufferedImage image, PhotoFormat format) throws UnsupportedPixelsException {
        int[] rgb = new int[image.getWidth() * image.getHeight()];
        return new DecodedInColor(new Pixels(inSrgb(image)).photo(format, rgb), rgb);
    }

    /** The picture with straight sRGB samples, or with gray ones, which are encoded like sRGB's whatever AWT says. */
    private static BufferedImage inSrgb(BufferedImage image) throws UnsupportedPixelsException {
        ColorModel model = image.getColorModel();
        ColorSpace space = model.getColorSpace();
        BufferedImage converted = image;
        if (model instanceof IndexColorModel palette) {
            converted = palette.convertToIntDiscrete(image.getRaster(), false);
        } else if (space.getType() != ColorSpace.TYPE_GRAY && !space.isCS_sRGB()) {
            if (space.getType() != ColorSpace.TYPE_RGB || model.getTransferType() != DataBuffer.TYPE_BYTE) {
                throw new UnsupportedPixelsException(
                        "a color space of " + model.getNumColorComponents() + " channels that is not read");
            }
            converted = new BufferedImage(
                    image.getWidth(),
                    image.getHeight(),
                    model.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
            new ColorConvertOp(null).filter(image, converted);
        }
        if (converted.isAlphaPremultiplied()) {
            converted.coerceData(false);
        }
        return converted;
    }

    /** @param rgb takes the pixels 0xRRGGBB; empty where nobody wants them */
    private Photo photo(PhotoFormat format, int[] rgb) {
        float[] luminance = new float[width * height];
        char[] alpha = new char[hasAlpha ? width * height : 0];
        int[] row = new int[width * bands];
        boolean hadColor = false;
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            scale(row);
            hadColor |= !isGray && showsColor(row);
            read(row, y * width, luminance, alpha);
            if (rgb.length > 0) {
                readColors(row, y * width, rgb);
            }
        }
        return new Photo(width, height, luminance, highest == 255 ? 8 : 16, alpha, format, hadColor);
    }

    /** Samples of fewer bits, 5 or 12 say, to the full range of 8 or 16. */
    private void scale(int[] row) {
        for (int band = 0; band < bands; band++) {
            int own = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
            if (own != highest) {
                for (int i = band; i < row.length; i += bands) {
                    row[i] = (int) (((long) row[i] * highest + own / 2) / own);
                }
            }
        }
    }

    private boolean showsColor(int[] row) {
        int noise = GRAY_NOISE * (highest / 255);
        for (int i = 0; i < row.length; i += bands) {
            int most = Math.max(row[i], Math.max(row[i + 1], row[i + 2]));
            int least = Math.min(row[i], Math.min(row[i + 1], row[i + 2]));
            if (most - least > noise) {
                return true;
            }
        }
        return false;
    }

    private void read(int[] row, int offset, float[] luminance, char[] alpha) {
        for (int x = 0; x < width; x++) {
            int i = x * bands;
            double red = linear(row[i]);
            double y = isGray ? red : CieLab.luminance(red, linear(row[i + 1]), linear(row[i + 2]));
            luminance[offset + x] = (float) CieLab.lightness(y);
            if (hasAlpha) {
                alpha[offset + x] = (char) row[i + bands - 1];
            }
        }
    }

    private void readColors(int[] row, int offset, int[] rgb) {
        int step = isGray ? 0 : 1;
        for (int x = 0; x < width; x++) {
            int i = x * bands;
            rgb[offset + x] = to8Bits(row[i]) << 16 | to8Bits(row[i + step]) << 8 | to8Bits(row[i + 2 * step]);
        }
    }

    private int to8Bits(int code) {
        return highest == 255 ? code : (code * 255 + 32767) / 65535;
    }

    private double linear(int code) {
        return highest == 255 ? Srgb.toLinear(code) : Srgb.toLinear16(code);
    }
}
