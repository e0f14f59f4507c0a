package dev.colorstream.colorizer.image;

import dev.colorstream.colorizer.image.CorpusFile.Read;
import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.colorizer.lab.Srgb;
import java.awt.image.BufferedImage;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The picture that the corpus holds again and again: smooth colors, and the same in gray. */
final class SamplePicture {
    static final int WIDTH = 48;
    static final int HEIGHT = 32;

    private static final BufferedImage COLORS = PhotoFiles.colors(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);

    private SamplePicture() {}

    /** 0xRRGGBB of each pixel, row-major. */
    static int[] rgb() {
        return IntStream.range(0, WIDTH * HEIGHT)
                .map(i -> COLORS.getRGB(i % WIDTH, i / WIDTH) & 0xffffff)
                .toArray();
    }

    /** Red, green and blue of each pixel, 8 bits. */
    static int[] colorSamples() {
        return IntStream.of(rgb())
                .flatMap(rgb -> IntStream.of(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff))
                .toArray();
    }

    /** The green of each pixel, 8 bits: the gray picture. */
    static int[] graySamples() {
        return IntStream.of(rgb()).map(rgb -> rgb >> 8 & 0xff).toArray();
    }

    /** Red, green and blue, each over what covers it, to samples with a last one more: its opacity. */
    static int[] withOpacity(int[] samples, int colors, int highest) {
        int[] with = new int[samples.length / colors * (colors + 1)];
        for (int pixel = 0; pixel < samples.length / colors; pixel++) {
            System.arraycopy(samples, pixel * colors, with, pixel * (colors + 1), colors);
            with[pixel * (colors + 1) + colors] = pixel % WIDTH * highest / (WIDTH - 1);
        }
        return with;
    }

    static BufferedImage image(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        int[] gray = graySamples();
        int[] rgb = rgb();
        for (int i = 0; i < gray.length; i++) {
            switch (type) {
                case BufferedImage.TYPE_BYTE_GRAY -> image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, gray[i]);
                case BufferedImage.TYPE_USHORT_GRAY ->
                    image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, 257 * gray[i]);
                case BufferedImage.TYPE_BYTE_BINARY ->
                    image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, gray[i] >> 7);
                case BufferedImage.TYPE_INT_ARGB -> image.setRGB(i % WIDTH, i / WIDTH, opacity(i) << 24 | rgb[i]);
                default -> image.setRGB(i % WIDTH, i / WIDTH, rgb[i]);
            }
        }
        return image;
    }

    static int opacity(int pixel) {
        return pixel % WIDTH * 255 / (WIDTH - 1);
    }

    /** What must be read of the gray picture. */
    static Read gray() {
        return ofGray(graySamples(), 255, code -> code);
    }

    /**
     * What must be read of gray samples.
     *
     * @param encoding a sample in [0,1] to sRGB in [0,1]
     */
    static Read ofGray(int[] samples, int highest, DoubleUnaryOperator encoding) {
        float[] lightness = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            double light = Srgb.toLinear(encoding.applyAsDouble(samples[i] / (double) highest));
            lightness[i] = (float) CieLab.lightness(light);
        }
        return new Read(WIDTH, HEIGHT, lightness, 0.01, highest > 255 ? 16 : 8, false, false, 1);
    }

    /** What must be read of the color picture. */
    static Read color() {
        return ofColors(colorSamples(), 255);
    }

    static Read ofColors(int[] samples, int highest) {
        float[] lightness = new float[samples.length / 3];
        for (int i = 0; i < lightness.length; i++) {
            lightness[i] = (float) CieLab.lightness(CieLab.luminance(
                    Srgb.toLinear(samples[3 * i] / (double) highest),
                    Srgb.toLinear(samples[3 * i + 1] / (double) highest),
                    Srgb.toLinear(samples[3 * i + 2] / (double) highest)));
        }
        return new Read(WIDTH, HEIGHT, lightness, 0.01, highest > 255 ? 16 : 8, false, true, 1);
    }
}
