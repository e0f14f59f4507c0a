package dev.colorstream.colorizer.image;

import static dev.colorstream.colorizer.image.SamplePicture.HEIGHT;
import static dev.colorstream.colorizer.image.SamplePicture.WIDTH;

import dev.colorstream.colorizer.image.CorpusFile.Read;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Photos that take their format's rules lightly, and that every other program shows: all are read. */
final class LaxPhotos {
    private final List<CorpusFile> files = new ArrayList<>();

    private LaxPhotos() {}

    static List<CorpusFile> all() throws IOException {
        LaxPhotos photos = new LaxPhotos();
        photos.addJpegs();
        photos.addPngPalettes();
        photos.addPngTransparencies();
        return photos.files;
    }

    private void add(String name, byte[] bytes, Read read) {
        files.add(new CorpusFile(name, bytes, read));
    }

    private void addJpegs() throws IOException {
        int[] rgb = SamplePicture.colorSamples();
        byte[] exif = new TiffFile(ByteOrder.LITTLE_ENDIAN)
                .page()
                .tag(274, TiffFile.SHORT, 1)
                .file()
                .bytes();
        byte[] ofZero = JpegFile.ofThree(lumaAndChroma(rgb), WIDTH, HEIGHT, new byte[] {0, 1, 2});
        Read read = SamplePicture.color().within(1);
        add("jpeg of components 0, 1 and 2", ofZero, read);
        add("jpeg of components 0, 1 and 2, with exif", JpegFile.withExif(ofZero, exif), read);
        byte[] named = JpegFile.ofThree(rgb, WIDTH, HEIGHT, new byte[] {'R', 'G', 'B'});
        add("jpeg of components R, G and B", named, read);
        add("jpeg of components R, G and B, with exif", JpegFile.withExif(named, exif), read);
        byte[] byAdobe = JpegFile.ofThree(rgb, WIDTH, HEIGHT, new byte[] {0, 1, 2});
        add("jpeg rgb by adobe", JpegFile.withAdobe(byAdobe, 0), read);
        byte[] cmyk = JpegFile.ofFour(inks(rgb), WIDTH, HEIGHT);
        add("jpeg cmyk with a profile of no use", JpegFile.withProfile(cmyk, IccFile.inksOfNoColor(), 1, 0), read);
    }

    private void addPngPalettes() {
        int[] four = Samples.ofBits(SamplePicture.graySamples(), 4);
        byte[] rows = PngFile.rows(four, WIDTH, 4);
        byte[] grays = new byte[60];
        for (int i = 0; i < 48; i++) {
            grays[i] = (byte) (i / 3 * 17);
        }
        Read read = SamplePicture.ofGray(four, 15, code -> code);
        PngFile tooManyColors = png(4, PngFile.PALETTE).chunk("PLTE", grays);
        add(
                "png palette of more colors than its bits",
                tooManyColors.pixels(rows).end(),
                read);
        PngFile tooManyOpacities = png(4, PngFile.PALETTE).chunk("PLTE", grays).chunk("tRNS", new byte[20]);
        add(
                "png palette of more opacities than colors",
                tooManyOpacities.pixels(rows).end(),
                read.withAlpha());
        PngFile tooEarly = png(4, PngFile.PALETTE).chunk("tRNS", new byte[16]).chunk("PLTE", grays);
        add("png with opacities before its palette", tooEarly.pixels(rows).end(), read);
        PngFile ofGray = png(8, PngFile.GRAY).chunk("PLTE", grays);
        byte[] grayRows = PngFile.rows(SamplePicture.graySamples(), WIDTH, 8);
        add("png gray with a palette", ofGray.pixels(grayRows).end(), SamplePicture.gray());
    }

    private void addPngTransparencies() {
        int[] gray = SamplePicture.graySamples();
        int[] color = SamplePicture.colorSamples();
        byte[] grayRows = PngFile.rows(gray, WIDTH, 8);
        byte[] colorRows = PngFile.rows(color, 3 * WIDTH, 8);
        byte[] grayAlphaRows = PngFile.rows(SamplePicture.withOpacity(gray, 1, 255), 2 * WIDTH, 8);
        byte[] alphaRows = PngFile.rows(SamplePicture.withOpacity(color, 3, 255), 4 * WIDTH, 8);
        byte[] two = new byte[2];
        byte[] six = new byte[6];
        add("png gray with a tone of 6 bytes", transparent(PngFile.GRAY, six, grayRows), SamplePicture.gray());
        add("png color with a tone of 2 bytes", transparent(PngFile.RGB, two, colorRows), SamplePicture.color());
        add(
                "png gray alpha with a transparent tone",
                transparent(PngFile.GRAY_ALPHA, two, grayAlphaRows),
                SamplePicture.gray().withAlpha());
        add(
                "png alpha with a transparent tone",
                transparent(PngFile.RGB_ALPHA, six, alphaRows),
                SamplePicture.color().withAlpha());
    }

    /** Cyan, magenta, yellow and no black. */
    private static int[] inks(int[] rgb) {
        int[] inks = new int[rgb.length / 3 * 4];
        for (int i = 0; i < rgb.length; i++) {
            inks[i / 3 * 4 + i % 3] = 255 - rgb[i];
        }
        return inks;
    }

    /** JFIF's, of colors. */
    private static int[] lumaAndChroma(int[] rgb) {
        int[] ycc = new int[rgb.length];
        for (int i = 0; i < rgb.length; i += 3) {
            double luma = 0.299 * rgb[i] + 0.587 * rgb[i + 1] + 0.114 * rgb[i + 2];
            ycc[i] = (int) Math.round(luma);
            ycc[i + 1] = (int) Math.round(128 + (rgb[i + 2] - luma) / 1.772);
            ycc[i + 2] = (int) Math.round(128 + (rgb[i] - luma) / 1.402);
        }
        return ycc;
    }

    private static PngFile png(int bits, int colorType) {
        return new PngFile().header(WIDTH, HEIGHT, bits, colorType);
    }

    private static byte[] transparent(int colorType, byte[] tone, byte[] rows) {
        return png(8, colorType).chunk("tRNS", tone).pixels(rows).end();
    }
}
