package dev.colorstream.colorizer.image;

import static dev.colorstream.colorizer.image.SamplePicture.HEIGHT;
import static dev.colorstream.colorizer.image.SamplePicture.WIDTH;

import dev.colorstream.colorizer.image.CorpusFile.Expected;
import dev.colorstream.colorizer.image.CorpusFile.Read;
import dev.colorstream.colorizer.image.CorpusFile.Refused;
import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.colorizer.lab.Srgb;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Photos as archives have them: every one is read, or refused because its variety is not read. */
final class SoundPhotos {
    private static final int PIXELS = WIDTH * HEIGHT;

    private final List<CorpusFile> files = new ArrayList<>();

    private SoundPhotos() {}

    static List<CorpusFile> all() throws IOException {
        SoundPhotos photos = new SoundPhotos();
        photos.addJpegs();
        photos.addJpegProfiles();
        photos.addPngs();
        photos.addPngMeanings();
        photos.addTiffs();
        photos.addRawTiffs();
        photos.addWebps();
        photos.addGifsAndBmps();
        return photos.files;
    }

    private void add(String name, byte[] bytes, Expected expected) {
        files.add(new CorpusFile(name, bytes, expected));
    }

    private void addJpegs() throws IOException {
        Read gray = SamplePicture.gray().within(0.6);
        Read color = SamplePicture.color().within(1);
        byte[] grayFile = JpegFile.of(SamplePicture.image(BufferedImage.TYPE_BYTE_GRAY), false);
        byte[] colorFile = JpegFile.of(SamplePicture.image(BufferedImage.TYPE_3BYTE_BGR), false);
        add("jpeg gray", grayFile, gray);
        add("jpeg gray, progressive", JpegFile.of(SamplePicture.image(BufferedImage.TYPE_BYTE_GRAY), true), gray);
        add("jpeg color", colorFile, color);
        add("jpeg color, progressive", JpegFile.of(SamplePicture.image(BufferedImage.TYPE_3BYTE_BGR), true), color);
        add("jpeg with a long comment", JpegFile.with(colorFile, JpegFile.COMMENT, new byte[65_000]), color);
        add("jpeg with bytes behind its end", Arrays.copyOf(colorFile, colorFile.length + 1000), color);
        int[] inks = inks(SamplePicture.colorSamples());
        add("jpeg cmyk", JpegFile.ofFour(inks, WIDTH, HEIGHT), color);
        byte[] inverted = JpegFile.ofFour(inverted(inks), WIDTH, HEIGHT);
        add("jpeg cmyk by adobe, inverted", JpegFile.withAdobe(inverted, 0), color);
        byte[] ycck = JpegFile.ofFour(ycck(inks), WIDTH, HEIGHT);
        add("jpeg ycck by adobe", JpegFile.withAdobe(ycck, 2), color);
        for (int orientation = 1; orientation <= 8; orientation++) {
            byte[] exif = new TiffFile(ByteOrder.LITTLE_ENDIAN)
                    .page()
                    .tag(274, TiffFile.SHORT, orientation)
                    .file()
                    .bytes();
            add("jpeg of orientation " + orientation, JpegFile.withExif(grayFile, exif), turned(gray, orientation));
        }
        Refused unsupported = new Refused(RejectionReason.UNSUPPORTED);
        add("jpeg, arithmetic coding", JpegFile.withFrameByte(colorFile, 0, 0xc9), unsupported);
        add("jpeg, lossless", JpegFile.withFrameByte(colorFile, 0, 0xc3), unsupported);
        add("jpeg of 12 bits", JpegFile.withFrameByte(JpegFile.withFrameByte(grayFile, 4, 12), 0, 0xc1), unsupported);
        add("jpeg of 2 components", JpegFile.withFrameByte(colorFile, 9, 2), unsupported);
    }

    private void addJpegProfiles() throws IOException {
        byte[] grayFile = JpegFile.of(SamplePicture.image(BufferedImage.TYPE_BYTE_GRAY), false);
        byte[] colorFile = JpegFile.of(SamplePicture.image(BufferedImage.TYPE_3BYTE_BGR), false);
        Read gray = SamplePicture.gray().within(0.6);
        Read color = SamplePicture.color().within(1);
        byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        add("jpeg with srgb profile", JpegFile.withProfile(colorFile, srgb, 1, 0), color);
        add("jpeg with srgb profile in 3 parts", JpegFile.withProfile(colorFile, srgb, 3, 0), color);
        byte[] linear = IccFile.gray(1);
        Read linearGray = SamplePicture.ofGray(SamplePicture.graySamples(), 255, Srgb::fromLinear);
        add("jpeg gray of gamma 1", JpegFile.withProfile(grayFile, linear, 1, 0), linearGray.within(0.6));
        Read gamma18 =
                SamplePicture.ofGray(SamplePicture.graySamples(), 255, code -> Srgb.fromLinear(Math.pow(code, 1.8)));
        add("jpeg gray of gamma 1.8", JpegFile.withProfile(grayFile, IccFile.gray(1.8), 1, 0), gamma18.within(0.6));
        add("jpeg with a profile of other channels", JpegFile.withProfile(colorFile, linear, 1, 0), color);
        byte[] noise = new byte[600];
        Arrays.fill(noise, (byte) 0x5a);
        add("jpeg with noise for a profile", JpegFile.withProfile(colorFile, noise, 1, 0), color);
        add("jpeg gray with noise for a profile", JpegFile.withProfile(grayFile, noise, 1, 0), gray);
        byte[] half = Arrays.copyOf(srgb, srgb.length / 2);
        add("jpeg with half a profile", JpegFile.withProfile(colorFile, half, 1, 0), color);
        add("jpeg with a lost part of a profile", JpegFile.withProfile(colorFile, linear, 2, 2), color);
        add(
                "jpeg cmyk with a profile of other channels",
                JpegFile.withProfile(JpegFile.ofFour(inks(SamplePicture.colorSamples()), WIDTH, HEIGHT), srgb, 1, 0),
                color);
    }

    private void addPngs() throws IOException {
        int[] gray = SamplePicture.graySamples();
        int[] color = SamplePicture.colorSamples();
        for (int bits : new int[] {1, 2, 4, 8, 16}) {
            int[] samples = Samples.ofBits(gray, bits);
            int highest = (1 << bits) - 1;
            Read read = SamplePicture.ofGray(samples, highest, code -> code).ofBits(bits == 16 ? 16 : 8);
            add("png gray of " + bits + " bits", png(samples, bits, PngFile.GRAY, 1), read);
            if (bits < 16) {
                add("png palette of " + bits + " bits", palette(bits, samples, new byte[0]), read);
            }
        }
        for (int bits : new int[] {8, 16}) {
            int highest = (1 << bits) - 1;
            int[] grays = Samples.ofBits(gray, bits);
            int[] colors = Samples.ofBits(color, bits);
            Read readGray = SamplePicture.ofGray(grays, highest, code -> code);
            Read readColor = SamplePicture.ofColors(colors, highest);
            add("png color of " + bits + " bits", png(colors, bits, PngFile.RGB, 3), readColor);
            int[] grayAlpha = SamplePicture.withOpacity(grays, 1, highest);
            add(
                    "png gray alpha of " + bits + " bits",
                    png(grayAlpha, bits, PngFile.GRAY_ALPHA, 2),
                    readGray.withAlpha());
            int[] colorAlpha = SamplePicture.withOpacity(colors, 3, highest);
            add("png alpha of " + bits + " bits", png(colorAlpha, bits, PngFile.RGB_ALPHA, 4), readColor.withAlpha());
        }
        Read grayRead = SamplePicture.gray();
        byte[] opacities = new byte[16];
        Arrays.fill(opacities, (byte) 100);
        int[] fourBits = Samples.ofBits(gray, 4);
        Read paletteRead = SamplePicture.ofGray(fourBits, 15, code -> code).withAlpha();
        add("png palette with transparency", palette(4, fourBits, opacities), paletteRead);
        add("png gray with a transparent tone", transparent(gray, PngFile.GRAY, 1), grayRead.withAlpha());
        add(
                "png color with a transparent tone",
                transparent(color, PngFile.RGB, 3),
                SamplePicture.color().withAlpha());
        add("png gray interlaced", interlaced(BufferedImage.TYPE_BYTE_GRAY), grayRead);
        add("png color interlaced", interlaced(BufferedImage.TYPE_3BYTE_BGR), SamplePicture.color());
        add(
                "png alpha interlaced",
                interlaced(BufferedImage.TYPE_INT_ARGB),
                SamplePicture.color().withAlpha());
        add("png gray of 16 bits interlaced", interlaced(BufferedImage.TYPE_USHORT_GRAY), grayRead.ofBits(16));
        add("png of one bit interlaced", interlaced(BufferedImage.TYPE_BYTE_BINARY), bilevel());
    }

    private void addPngMeanings() {
        int[] gray = SamplePicture.graySamples();
        int[] color = SamplePicture.colorSamples();
        byte[] grayRows = PngFile.rows(gray, WIDTH, 8);
        byte[] colorRows = PngFile.rows(color, 3 * WIDTH, 8);
        Read grayRead = SamplePicture.gray();
        Read colorRead = SamplePicture.color();
        Read linear = SamplePicture.ofGray(gray, 255, Srgb::fromLinear);
        add(
                "png gray of the usual gamma",
                gray().gamma(0.45455).pixels(grayRows).end(),
                grayRead);
        add("png gray of gamma 1", gray().gamma(1).pixels(grayRows).end(), linear);
        add("png gray of gamma 0", gray().gamma(0).pixels(grayRows).end(), grayRead);
        PngFile both = gray().chunk("sRGB", new byte[1]).gamma(1);
        add("png that says srgb and gamma 1", both.pixels(grayRows).end(), grayRead);
        add(
                "png gray with a linear profile",
                gray().profile(IccFile.gray(1)).pixels(grayRows).end(),
                linear);
        byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        add(
                "png color with srgb profile",
                color().profile(srgb).pixels(colorRows).end(),
                colorRead);
        byte[] linearRgb = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        add(
                "png color with a linear profile",
                color().profile(linearRgb).pixels(linearRows()).end(),
                colorRead.within(0.3));
        add(
                "png color of wide primaries",
                color().profile(IccFile.wideRgb(2.2)).pixels(grayAsRgb()).end(),
                wideGray());
        add(
                "png with noise for a profile",
                color().profile(new byte[500]).pixels(colorRows).end(),
                colorRead);
        PngFile broken = color().chunk("iCCP", new byte[] {'p', 0, 0, 1, 2, 3});
        add("png with a profile that does not inflate", broken.pixels(colorRows).end(), colorRead);
        PngFile texts = gray().chunk("tEXt", JpegFile.joined("Title\0", new byte[100]));
        add("png with texts", texts.chunk("tIME", new byte[7]).pixels(grayRows).end(), grayRead);
        PngFile inPieces = gray();
        byte[] deflated = PngFile.deflated(grayRows);
        for (int i = 0; i < deflated.length; i += 10) {
            inPieces.chunk("IDAT", Arrays.copyOfRange(deflated, i, Math.min(deflated.length, i + 10)));
        }
        add("png in pieces of 10 bytes", inPieces.end(), grayRead);
    }

    private void addTiffs() throws IOException {
        BufferedImage gray = SamplePicture.image(BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage color = SamplePicture.image(BufferedImage.TYPE_3BYTE_BGR);
        BufferedImage twoTone = SamplePicture.image(BufferedImage.TYPE_BYTE_BINARY);
        for (String compression : new String[] {"LZW", "Deflate", "ZLib", "PackBits", "JPEG"}) {
            double tolerance = compression.equals("JPEG") ? 1.5 : 0.01;
            add(
                    "tiff gray " + compression,
                    tiff(gray, compression, false),
                    SamplePicture.gray().within(tolerance));
            add(
                    "tiff color " + compression,
                    tiff(color, compression, false),
                    SamplePicture.color().within(tolerance));
        }
        for (String compression : new String[] {"CCITT RLE", "CCITT T.4", "CCITT T.6"}) {
            add("tiff " + compression, tiff(twoTone, compression, false), bilevel());
        }
        add("tiff color tiled, LZW", tiff(color, "LZW", true), SamplePicture.color());
        BufferedImage deep = SamplePicture.image(BufferedImage.TYPE_USHORT_GRAY);
        add(
                "tiff gray of 16 bits, deflate",
                tiff(deep, "Deflate", false),
                SamplePicture.gray().ofBits(16));
        add(
                "tiff alpha, LZW",
                tiff(SamplePicture.image(BufferedImage.TYPE_INT_ARGB), "LZW", false),
                SamplePicture.color().withAlpha());
    }

    private void addRawTiffs() {
        int[] gray = SamplePicture.graySamples();
        int[] color = SamplePicture.colorSamples();
        Read grayRead = SamplePicture.gray();
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            add("tiff gray, " + order, rawGray(order, gray).file().bytes(), grayRead);
            byte[] deep = ofSixteenBits(gray, order);
            TiffFile.Page page = new TiffFile(order)
                    .page()
                    .picture(WIDTH, HEIGHT, 1, 16, 1, 1)
                    .piece(deep);
            add("tiff gray of 16 bits, " + order, page.file().bytes(), grayRead.ofBits(16));
        }
        int[] negative = IntStream.of(gray).map(sample -> 255 - sample).toArray();
        add("tiff white is zero", raw(1, 8, 0).piece(bytes(negative)).file().bytes(), grayRead);
        int[] four = Samples.ofBits(gray, 4);
        byte[] fourPacked = packedRows(four, WIDTH, 4);
        add(
                "tiff gray of 4 bits",
                raw(1, 4, 1).piece(fourPacked).file().bytes(),
                SamplePicture.ofGray(four, 15, code -> code));
        int[] one = Samples.ofBits(gray, 1);
        int[] oneInverted = IntStream.of(one).map(bit -> 1 - bit).toArray();
        add(
                "tiff of one bit, white is zero",
                raw(1, 1, 0).piece(packedRows(oneInverted, WIDTH, 1)).file().bytes(),
                bilevel());
        TiffFile.Page planar = raw(3, 8, 2).tag(284, TiffFile.SHORT, 2);
        for (int plane = 0; plane < 3; plane++) {
            int channel = plane;
            planar.piece(bytes(
                    IntStream.range(0, PIXELS).map(i -> color[3 * i + channel]).toArray()));
        }
        add("tiff color in planes", planar.file().bytes(), SamplePicture.color());
        add(
                "tiff cmyk",
                raw(4, 8, 5).piece(bytes(inks(color))).file().bytes(),
                SamplePicture.color().within(0.3));
        TiffFile.Page tiled = raw(1, 8, 1).tiles(16, 16);
        for (int tile = 0; tile < WIDTH * HEIGHT / 256; tile++) {
            int corner = tile / (WIDTH / 16) * 16 * WIDTH + tile % (WIDTH / 16) * 16;
            tiled.piece(bytes(IntStream.range(0, 256)
                    .map(i -> gray[corner + i / 16 * WIDTH + i % 16])
                    .toArray()));
        }
        add("tiff gray tiled", tiled.file().bytes(), grayRead);
        TiffFile.Page turned = raw(1, 8, 1).piece(bytes(gray)).tag(274, TiffFile.SHORT, 6);
        add("tiff of orientation 6", turned.file().bytes(), turned(grayRead, 6));
        TiffFile pages = rawGray(ByteOrder.LITTLE_ENDIAN, gray).file();
        pages.page().picture(4, 4, 1, 8, 1, 1).piece(new byte[16]);
        pages.page().picture(4, 4, 1, 8, 1, 1).piece(new byte[16]);
        add("tiff of 3 pages", pages.bytes(), grayRead.ofPictures(3));
        TiffFile preview = rawGray(ByteOrder.LITTLE_ENDIAN, gray).file();
        preview.page().picture(4, 4, 1, 8, 1, 1).tag(254, TiffFile.LONG, 1).piece(new byte[16]);
        add("tiff with a preview", preview.bytes(), grayRead);
        TiffFile.Page linear = raw(1, 8, 1).piece(bytes(gray)).bytes(34675, IccFile.gray(1));
        add("tiff gray of gamma 1", linear.file().bytes(), SamplePicture.ofGray(gray, 255, Srgb::fromLinear));
        TiffFile.Page noise = raw(1, 8, 1).piece(bytes(gray)).bytes(34675, new byte[500]);
        add("tiff with noise for a profile", noise.file().bytes(), grayRead);
        Refused unsupported = new Refused(RejectionReason.UNSUPPORTED);
        TiffFile.Page zstd = raw(1, 8, 1).tag(259, TiffFile.SHORT, 50000).piece(bytes(gray));
        add("tiff of zstandard", zstd.file().bytes(), unsupported);
        TiffFile.Page floats = raw(1, 32, 1).tag(339, TiffFile.SHORT, 3).piece(new byte[4 * PIXELS]);
        add("tiff of floats", floats.file().bytes(), unsupported);
    }

    private void addWebps() {
        int[] rgb = SamplePicture.rgb();
        int[] opaque = IntStream.of(rgb).map(pixel -> 0xff000000 | pixel).toArray();
        int[] argb = IntStream.range(0, PIXELS)
                .map(i -> SamplePicture.opacity(i) << 24 | rgb[i])
                .toArray();
        Read color = SamplePicture.color();
        byte[] lossless = WebpFile.chunk("VP8L", WebpFile.lossless(opaque, WIDTH, HEIGHT, false));
        add("webp lossless", WebpFile.riff(lossless), color);
        byte[] alpha = WebpFile.chunk("VP8L", WebpFile.lossless(argb, WIDTH, HEIGHT, true));
        add("webp lossless with alpha", WebpFile.riff(alpha), color.withAlpha());
        byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        byte[] extended = WebpFile.extended(WIDTH, HEIGHT, false, true);
        add("webp with srgb profile", WebpFile.riff(extended, WebpFile.chunk("ICCP", srgb), lossless), color);
        add(
                "webp with noise for a profile",
                WebpFile.riff(extended, WebpFile.chunk("ICCP", new byte[300]), lossless),
                color);
        Read halves = halves();
        byte[] lossy = WebpFile.chunk("VP8 ", WebpFile.LOSSY_HALVES);
        add("webp lossy", WebpFile.riff(lossy), halves);
        byte[] opacity = new byte[1 + 32 * 16];
        Arrays.fill(opacity, 1, opacity.length, (byte) 77);
        byte[] withAlpha =
                WebpFile.riff(WebpFile.extended(32, 16, true, false), WebpFile.chunk("ALPH", opacity), lossy);
        add("webp lossy with alpha", withAlpha, halves.withAlpha());
    }

    private void addGifsAndBmps() throws IOException {
        BufferedImage gray = SamplePicture.image(BufferedImage.TYPE_BYTE_GRAY);
        add("gif gray", PhotoFiles.write(indexed(256), "gif"), SamplePicture.gray());
        add("gif of 3 frames", animated(), SamplePicture.gray().ofPictures(3));
        add(
                "bmp color",
                PhotoFiles.write(SamplePicture.image(BufferedImage.TYPE_3BYTE_BGR), "bmp"),
                SamplePicture.color());
        add("bmp gray", PhotoFiles.write(gray, "bmp"), SamplePicture.gray());
        add("bmp of one bit", PhotoFiles.write(SamplePicture.image(BufferedImage.TYPE_BYTE_BINARY), "bmp"), bilevel());
        add("bmp, runs of 8 bits", bmpOf(indexed(256), "BI_RLE8"), SamplePicture.gray());
        Read sixteen = SamplePicture.ofGray(Samples.ofBits(SamplePicture.graySamples(), 4), 15, code -> code);
        add("bmp of 4 bits", PhotoFiles.write(indexed(16), "bmp"), sixteen);
        BufferedImage high = SamplePicture.image(BufferedImage.TYPE_USHORT_565_RGB);
        add(
                "bmp of 16 bits a pixel",
                bmpOf(high, "BI_BITFIELDS"),
                SamplePicture.color().within(2));
    }

    private static byte[] png(int[] samples, int bits, int colorType, int channels) {
        return new PngFile()
                .header(WIDTH, HEIGHT, bits, colorType)
                .pixels(PngFile.rows(samples, channels * WIDTH, bits))
                .end();
    }

    private static PngFile gray() {
        return new PngFile().header(WIDTH, HEIGHT, 8, PngFile.GRAY);
    }

    private static PngFile color() {
        return new PngFile().header(WIDTH, HEIGHT, 8, PngFile.RGB);
    }

    /** A palette of grays. */
    private static byte[] palette(int bits, int[] indexes, byte[] opacities) {
        int size = 1 << bits;
        ByteBuffer colors = ByteBuffer.allocate(3 * size);
        for (int i = 0; i < size; i++) {
            byte tone = (byte) Math.round(255.0 * i / (size - 1));
            colors.put(tone).put(tone).put(tone);
        }
        PngFile file =
                new PngFile().header(WIDTH, HEIGHT, bits, PngFile.PALETTE).chunk("PLTE", colors.array());
        if (opacities.length > 0) {
            file.chunk("tRNS", opacities);
        }
        return file.pixels(PngFile.rows(indexes, WIDTH, bits)).end();
    }

    private static byte[] transparent(int[] samples, int colorType, int channels) {
        ByteBuffer tone = ByteBuffer.allocate(2 * channels);
        for (int channel = 0; channel < channels; channel++) {
            tone.putShort((short) samples[channel]);
        }
        return new PngFile()
                .header(WIDTH, HEIGHT, 8, colorType)
                .chunk("tRNS", tone.array())
                .pixels(PngFile.rows(samples, channels * WIDTH, 8))
                .end();
    }

    private static byte[] linearRows() {
        int[] linear = IntStream.of(SamplePicture.colorSamples())
                .map(code -> (int) Math.round(255 * Srgb.toLinear(code)))
                .toArray();
        return PngFile.rows(linear, 3 * WIDTH, 8);
    }

    private static byte[] grayAsRgb() {
        int[] samples = IntStream.of(SamplePicture.graySamples())
                .flatMap(code -> IntStream.of(code, code, code))
                .toArray();
        return PngFile.rows(samples, 3 * WIDTH, 8);
    }

    private static Read wideGray() {
        return SamplePicture.ofGray(SamplePicture.graySamples(), 255, code -> Srgb.fromLinear(Math.pow(code, 2.2)))
                .within(0.1);
    }

    private static byte[] interlaced(int type) throws IOException {
        return written(
                "png",
                SamplePicture.image(type),
                parameters -> parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT));
    }

    private static byte[] tiff(BufferedImage image, String compression, boolean isTiled) throws IOException {
        return written("tiff", image, parameters -> {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionType(compression);
            if (isTiled) {
                parameters.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setTiling(16, 16, 0, 0);
            }
        });
    }

    private static byte[] bmpOf(BufferedImage image, String compression) throws IOException {
        return written("bmp", image, parameters -> {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionType(compression);
        });
    }

    private static byte[] written(String format, BufferedImage image, Consumer<ImageWriteParam> wishes)
            throws IOException {
        ImageWriter writer = Codecs.writer(format);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            wishes.accept(parameters);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The gray picture as a palette's indexes. */
    private static BufferedImage indexed(int size) {
        byte[] tones = new byte[size];
        for (int i = 0; i < size; i++) {
            tones[i] = (byte) Math.round(255.0 * i / (size - 1));
        }
        int bits = size == 256 ? 8 : 4;
        IndexColorModel palette = new IndexColorModel(bits, size, tones, tones, tones);
        int type = size == 256 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type, palette);
        image.getRaster().setSamples(0, 0, WIDTH, HEIGHT, 0, Samples.ofBits(SamplePicture.graySamples(), bits));
        return image;
    }

    private static byte[] animated() throws IOException {
        ImageWriter writer = Codecs.writer("gif");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.prepareWriteSequence(null);
            for (int frame = 0; frame < 3; frame++) {
                BufferedImage image =
                        frame == 0 ? indexed(256) : new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_INDEXED);
                writer.writeToSequence(new IIOImage(image, null, null), writer.getDefaultWriteParam());
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static TiffFile.Page raw(int samples, int bits, int photometric) {
        return new TiffFile(ByteOrder.BIG_ENDIAN).page().picture(WIDTH, HEIGHT, samples, bits, 1, photometric);
    }

    private static TiffFile.Page rawGray(ByteOrder order, int[] samples) {
        return new TiffFile(order).page().picture(WIDTH, HEIGHT, 1, 8, 1, 1).piece(bytes(samples));
    }

    private static byte[] bytes(int[] samples) {
        return Samples.packed(samples, 0, samples.length, 8);
    }

    private static byte[] ofSixteenBits(int[] samples, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(order);
        for (int sample : samples) {
            bytes.putShort((short) (257 * sample));
        }
        return bytes.array();
    }

    private static byte[] packedRows(int[] samples, int perRow, int bits) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int start = 0; start < samples.length; start += perRow) {
            rows.writeBytes(Samples.packed(samples, start, perRow, bits));
        }
        return rows.toByteArray();
    }

    private static Read bilevel() {
        int[] bits = IntStream.of(SamplePicture.graySamples())
                .map(sample -> sample >> 7)
                .toArray();
        return SamplePicture.ofGray(bits, 1, code -> code);
    }

    private static Read halves() {
        float[] lightness = new float[32 * 16];
        for (int i = 0; i < lightness.length; i++) {
            lightness[i] = (float) CieLab.lightness(Srgb.toLinear(i % 32 < 16 ? 40 : 200));
        }
        return new Read(32, 16, lightness, 1.5, 8, false, false, 1);
    }

    /** Cyan, magenta, yellow and no black. */
    private static int[] inks(int[] rgb) {
        int[] inks = new int[rgb.length / 3 * 4];
        for (int i = 0; i < rgb.length; i++) {
            inks[i / 3 * 4 + i % 3] = 255 - rgb[i];
        }
        return inks;
    }

    private static int[] inverted(int[] samples) {
        return IntStream.of(samples).map(sample -> 255 - sample).toArray();
    }

    /** Inks as Adobe's programs store them: the colored ones as JFIF's luma and chroma, black inverted. */
    private static int[] ycck(int[] samples) {
        int[] ycck = samples.clone();
        for (int i = 0; i < samples.length; i += 4) {
            double red = samples[i];
            double green = samples[i + 1];
            double blue = samples[i + 2];
            ycck[i] = clamped(0.299 * red + 0.587 * green + 0.114 * blue);
            ycck[i + 1] = clamped(128 - 0.168736 * red - 0.331264 * green + 0.5 * blue);
            ycck[i + 3] = 255 - samples[i + 3];
            ycck[i + 2] = clamped(128 + 0.5 * red - 0.418688 * green - 0.081312 * blue);
        }
        return ycck;
    }

    private static int clamped(double sample) {
        return (int) Math.round(Math.max(0, Math.min(255, sample)));
    }

    /** What is displayed of a stored picture, told by going over the displayed pixels. */
    private static Read turned(Read stored, int orientation) {
        boolean swaps = orientation >= 5;
        int width = swaps ? stored.height() : stored.width();
        int height = swaps ? stored.width() : stored.height();
        float[] lightness = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int right = stored.width() - 1;
                int bottom = stored.height() - 1;
                int from = switch (orientation) {
                    case 1 -> at(stored, x, y);
                    case 2 -> at(stored, right - x, y);
                    case 3 -> at(stored, right - x, bottom - y);
                    case 4 -> at(stored, x, bottom - y);
                    case 5 -> at(stored, y, x);
                    case 6 -> at(stored, y, bottom - x);
                    case 7 -> at(stored, right - y, bottom - x);
                    default -> at(stored, right - y, x);
                };
                lightness[y * width + x] = stored.lightness()[from];
            }
        }
        return new Read(width, height, lightness, stored.tolerance(), stored.bitDepth(), false, stored.hadColor(), 1);
    }

    private static int at(Read stored, int x, int y) {
        return y * stored.width() + x;
    }
}
