package dev.colorstream.colorizer.image;

import static dev.colorstream.colorizer.image.SamplePicture.HEIGHT;
import static dev.colorstream.colorizer.image.SamplePicture.WIDTH;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colorstream.colorizer.image.CorpusFile.Expected;
import dev.colorstream.colorizer.image.CorpusFile.Read;
import dev.colorstream.colorizer.image.CorpusFile.Refused;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Files that lie, break off, loop or would inflate without end: each has its reason, none costs more than its size says. */
final class HostileFiles {
    /** Found by damaging others at random: its reader went on at the end of the file, with an exception for each pixel. */
    private static final String WEBP_THAT_ENDS_EARLY =
            "52494646ae000000574542505650384ca20000002f7f0008010100003f00f02f1b7ed31e1cfed397fd320ff587ac82bd"
                    + "6fe0d7ed2fe1c37f6bfe996fcb8fe315fbb9fb367ed2fe1cf2ac7fd320e8bff2d057eaef873f698f0dffffffffff65bf"
                    + "faafef8f4af99be39fed2fe1bfb15dff00a641f71ba482bf053fffffffffffffffffffffffffffffffffffff21100000"
                    + "80f8ffffffffffffffffffffffffffffffffffffffffffffffffffffff000000800f00040000";

    private static final Refused CORRUPT = new Refused(RejectionReason.CORRUPT);
    private static final Refused TOO_MANY_PIXELS = new Refused(RejectionReason.TOO_MANY_PIXELS);
    private static final Refused NOT_A_PHOTO = new Refused(RejectionReason.NOT_A_PHOTO);
    private static final Refused UNSUPPORTED = new Refused(RejectionReason.UNSUPPORTED);
    private static final int BOMB = 40_000_000;

    private final List<CorpusFile> files = new ArrayList<>();

    private HostileFiles() {}

    static List<CorpusFile> all() throws IOException {
        HostileFiles hostile = new HostileFiles();
        hostile.addNoPhotos();
        hostile.addPngs();
        hostile.addJpegs();
        hostile.addGifsAndBmps();
        hostile.addTiffs();
        hostile.addTiffLoops();
        hostile.addWebps();
        hostile.addCutFiles();
        return hostile.files;
    }

    private void add(String name, byte[] bytes, Expected expected) {
        files.add(new CorpusFile(name, bytes, expected));
    }

    private void addNoPhotos() {
        add("no bytes", new byte[0], new Refused(RejectionReason.EMPTY));
        add("one byte", new byte[1], NOT_A_PHOTO);
        add("zeros", new byte[4096], NOT_A_PHOTO);
        add("text", "BMW is a car, not a bitmap".getBytes(UTF_8), NOT_A_PHOTO);
        add("pdf", "%PDF-1.7 and more".getBytes(UTF_8), NOT_A_PHOTO);
        add("svg", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(UTF_8), NOT_A_PHOTO);
        add("zip", "PK\3\4 and more of it".getBytes(UTF_8), NOT_A_PHOTO);
        add("heif", "\0\0\0\30ftypheic\0\0\0\0".getBytes(UTF_8), UNSUPPORTED);
        add("avif", "\0\0\0\30ftypavif\0\0\0\0".getBytes(UTF_8), UNSUPPORTED);
        add("more bytes than the limit", new byte[8_000_001], new Refused(RejectionReason.TOO_MANY_BYTES));
    }

    private void addPngs() {
        byte[] grayRows = PngFile.rows(SamplePicture.graySamples(), WIDTH, 8);
        Read gray = SamplePicture.gray();
        add(
                "png of 100000 x 100000",
                new PngFile().header(100_000, 100_000, 8, 0).unfinished(),
                TOO_MANY_PIXELS);
        add("png of 4294967295 x 1", new PngFile().header(-1, 1, 8, 0).end(), TOO_MANY_PIXELS);
        add("png of 0 x 10", new PngFile().header(0, 10, 8, 0).end(), CORRUPT);
        byte[] few =
                new PngFile().header(2000, 2000, 16, 6).pixels(new byte[10]).end();
        add("png of 2000 x 2000 and 10 bytes", few, CORRUPT);
        add("png without pixels", new PngFile().header(WIDTH, HEIGHT, 8, 0).end(), CORRUPT);
        add(
                "png of 3 bits",
                new PngFile().header(WIDTH, HEIGHT, 3, 0).pixels(grayRows).end(),
                CORRUPT);
        add(
                "png of color type 5",
                new PngFile().header(WIDTH, HEIGHT, 8, 5).pixels(grayRows).end(),
                CORRUPT);
        add(
                "png palette without a palette",
                new PngFile().header(WIDTH, HEIGHT, 8, 3).pixels(grayRows).end(),
                CORRUPT);
        byte[] notDeflated = gray().chunk("IDAT", new byte[500]).end();
        add("png whose pixels do not inflate", notDeflated, CORRUPT);
        add(
                "png with a text that inflates",
                gray().chunk("zTXt", text()).pixels(grayRows).end(),
                gray);
        add(
                "png with a profile that inflates",
                gray().profile(new byte[BOMB]).pixels(grayRows).end(),
                gray);
        byte[] more = Arrays.copyOf(grayRows, BOMB);
        add("png with pixels that inflate", gray().pixels(more).end(), gray);
        PngFile crowd = gray();
        for (int i = 0; i < 50_000; i++) {
            crowd.chunk("tEXt", new byte[0]);
        }
        add("png with 50000 texts", crowd.pixels(grayRows).end(), gray);
        byte[] long32 = gray().pixels(grayRows).end();
        ByteBuffer.wrap(long32).putInt(33, 0x7fffffff);
        add("png with a chunk of 2 GB", long32, CORRUPT);
        byte[] wrongSum = gray().pixels(grayRows).end();
        wrongSum[30] ^= 1;
        add("png with a wrong sum", wrongSum, CORRUPT);
        byte[] exifLoop =
                new TiffFile(ByteOrder.BIG_ENDIAN).page().next(8).file().bytes();
        add(
                "png with an exif that loops",
                gray().chunk("eXIf", exifLoop).pixels(grayRows).end(),
                gray);
    }

    private static PngFile gray() {
        return new PngFile().header(WIDTH, HEIGHT, 8, PngFile.GRAY);
    }

    private static byte[] text() {
        return JpegFile.joined("Comment\0\0", PngFile.deflated(new byte[BOMB]));
    }

    private void addJpegs() throws IOException {
        byte[] file = JpegFile.of(SamplePicture.image(BufferedImage.TYPE_BYTE_GRAY), false);
        Read gray = SamplePicture.gray().within(0.6);
        add("jpeg, its start alone", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, CORRUPT);
        add("jpeg, start and end", bytes(0xff, 0xd8, 0xff, 0xd9), CORRUPT);
        add("jpeg of 65500 x 65500", withSize(file, 65_500, 65_500), TOO_MANY_PIXELS);
        add("jpeg of 65535 x 1", withSize(file, 65_535, 1), TOO_MANY_PIXELS);
        add("jpeg of no height", withSize(file, WIDTH, 0), CORRUPT);
        add("jpeg higher than its pixels", withSize(file, WIDTH, 1000), CORRUPT);
        byte[] noTables = file.clone();
        for (int i = 2; i + 1 < noTables.length; i++) {
            if ((noTables[i] & 0xff) == 0xff && (noTables[i + 1] & 0xff) == 0xdb) {
                noTables[i + 1] = (byte) 0xfe;
            }
        }
        add("jpeg without quantization", noTables, CORRUPT);
        byte[] manySegments = file;
        for (int i = 0; i < 60; i++) {
            manySegments = JpegFile.with(manySegments, 0xed, new byte[65_000]);
        }
        add("jpeg with 4 MB of segments", manySegments, gray);
        byte[] loop = new TiffFile(ByteOrder.LITTLE_ENDIAN)
                .page()
                .tag(34665, TiffFile.LONG, 8)
                .next(8)
                .file()
                .bytes();
        add("jpeg with an exif that loops", JpegFile.withExif(file, loop), gray);
        byte[] huge = new TiffFile(ByteOrder.LITTLE_ENDIAN)
                .page()
                .lie(306, 2, 0x7ffffff0, 8)
                .lie(282, 5, 0x1fffffff, 8)
                .file()
                .bytes();
        add("jpeg with an exif of 2 GB", JpegFile.withExif(file, huge), gray);
        add("jpeg with an exif of nothing", JpegFile.withExif(file, new byte[0]), gray);
        byte[] progressive = JpegFile.of(SamplePicture.image(BufferedImage.TYPE_BYTE_GRAY), true);
        add("jpeg of 2000 scans", withManyScans(progressive, 2000), CORRUPT);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] withSize(byte[] jpeg, int width, int height) {
        byte[] file = JpegFile.withFrameByte(jpeg, 5, height >> 8);
        file = JpegFile.withFrameByte(file, 6, height);
        file = JpegFile.withFrameByte(file, 7, width >> 8);
        return JpegFile.withFrameByte(file, 8, width);
    }

    /** The last scan again and again. */
    private static byte[] withManyScans(byte[] jpeg, int count) {
        int scan = jpeg.length - 2;
        while ((jpeg[scan] & 0xff) != 0xff || (jpeg[scan + 1] & 0xff) != 0xda) {
            scan--;
        }
        byte[] last = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + count * last.length);
        file.put(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < count; i++) {
            file.put(last);
        }
        return file.put(jpeg, jpeg.length - 2, 2).array();
    }

    private void addGifsAndBmps() throws IOException {
        byte[] gif = PhotoFiles.write(SamplePicture.image(BufferedImage.TYPE_BYTE_BINARY), "gif");
        ByteBuffer lying = ByteBuffer.wrap(gif.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int descriptor = indexOf(gif, 0x2c);
        lying.putShort(descriptor + 5, (short) 65_535).putShort(descriptor + 7, (short) 65_535);
        add("gif of 65535 x 65535", lying.array(), TOO_MANY_PIXELS);
        add("gif without a picture", Arrays.copyOf(gif, descriptor), CORRUPT);
        byte[] bmp = PhotoFiles.write(SamplePicture.image(BufferedImage.TYPE_3BYTE_BGR), "bmp");
        add("bmp of 100000 x 100000", bmpWith(bmp, 18, 100_000, 22, 100_000), TOO_MANY_PIXELS);
        add("bmp of a negative width", bmpWith(bmp, 18, -48, 22, 32), CORRUPT);
        add("bmp of the least height", bmpWith(bmp, 18, 48, 22, Integer.MIN_VALUE), TOO_MANY_PIXELS);
        add("bmp larger than its pixels", bmpWith(bmp, 18, 2000, 22, 1900), CORRUPT);
        add("bmp with 2 GB of runs", bmpWith(bmpWith(bmp, 30, 1, 34, 0x7fffffff), 28, 8, 46, 256), CORRUPT);
        add("bmp with 2 billion colors", bmpWith(bmp, 28, 8, 46, 0x7fffffff), CORRUPT);
        add("bmp whose pixels begin behind its end", bmpWith(bmp, 10, 0x7fffffff, 46, 0), CORRUPT);
        add("bmp that holds a jpeg", bmpWith(bmp, 30, 4, 34, 100), CORRUPT);
    }

    private static int indexOf(byte[] bytes, int wanted) {
        // Behind the header and a palette of two colors.
        int index = 13 + 6;
        while (bytes[index] != wanted) {
            index++;
        }
        return index;
    }

    private static byte[] bmpWith(byte[] bmp, int place, int value, int otherPlace, int otherValue) {
        return ByteBuffer.wrap(bmp.clone())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(place, value)
                .putInt(otherPlace, otherValue)
                .array();
    }

    private void addTiffs() throws IOException {
        byte[] gray = Samples.packed(SamplePicture.graySamples(), 0, WIDTH * HEIGHT, 8);
        add(
                "tiff of 100000 x 100000",
                sized(100_000, 100_000).piece(gray).file().bytes(),
                TOO_MANY_PIXELS);
        add("tiff of 4294967295 x 1", sized(-1, 1).piece(gray).file().bytes(), TOO_MANY_PIXELS);
        add("tiff larger than its pixels", sized(2000, 1900).piece(gray).file().bytes(), CORRUPT);
        TiffFile.Page many =
                sized(WIDTH, HEIGHT).tag(277, TiffFile.SHORT, 60_000).piece(gray);
        add("tiff of 60000 samples", many.file().bytes(), CORRUPT);
        TiffFile.Page tiles = sized(WIDTH, HEIGHT).tiles(65_535, 65_535).piece(gray);
        add("tiff of huge tiles", tiles.file().bytes(), CORRUPT);
        TiffFile.Page none = sized(WIDTH, HEIGHT).tiles(0, 0).piece(gray);
        add("tiff of no tiles", none.file().bytes(), CORRUPT);
        TiffFile.Page far =
                sized(WIDTH, HEIGHT).tag(273, TiffFile.LONG, 0x7ffffff0).tag(279, TiffFile.LONG, 100);
        add("tiff whose pixels are behind its end", far.file().bytes(), CORRUPT);
        TiffFile.Page counts =
                sized(WIDTH, HEIGHT).lie(273, TiffFile.LONG, 0x3fffffff, 8).lie(279, 4, 0x3fffffff, 8);
        add("tiff of a billion strips", counts.file().bytes(), CORRUPT);
        add(
                "tiff without a size",
                new TiffFile(ByteOrder.BIG_ENDIAN).page().piece(gray).file().bytes(),
                CORRUPT);
        add("tiff without a directory", bytes('M', 'M', 0, 42, 0x7f, 0xff, 0xff, 0xff), CORRUPT);
        add("tiff of its mark alone", bytes('I', 'I', 42, 0), CORRUPT);
        byte[] cut = sized(WIDTH, HEIGHT).piece(gray).file().bytes();
        ByteBuffer view = ByteBuffer.wrap(cut);
        view.putShort(view.getInt(4), (short) 41_370);
        add("tiff whose directory goes beyond its end", cut, CORRUPT);
        TiffFile.Page same = sized(WIDTH, HEIGHT).piece(gray);
        for (int tag = 40_000; tag < 43_000; tag++) {
            same.lie(tag, TiffFile.LONG, 8_000, 8);
        }
        add("tiff whose fields are the same bytes again and again", same.file().bytes(), SamplePicture.gray());
        for (int compression : new int[] {5, 8, 32773}) {
            TiffFile.Page garbage =
                    sized(WIDTH, HEIGHT).tag(259, TiffFile.SHORT, compression).piece(new byte[] {-128, 1, 2, 3});
            add(
                    "tiff of compression " + compression + " and 4 bytes",
                    garbage.file().bytes(),
                    CORRUPT);
        }
        TiffFile.Page inflating = sized(WIDTH, HEIGHT).tag(259, TiffFile.SHORT, 8);
        byte[] bomb = inflating
                .piece(PngFile.deflated(Arrays.copyOf(gray, BOMB)))
                .file()
                .bytes();
        add("tiff with pixels that inflate", bomb, SamplePicture.gray());
        byte[] jpeg = JpegFile.of(SamplePicture.image(BufferedImage.TYPE_BYTE_GRAY), true);
        TiffFile.Page inner = sized(WIDTH, HEIGHT).tag(259, TiffFile.SHORT, 7);
        add(
                "tiff that holds a jpeg of 65500 x 65500",
                inner.piece(withSize(jpeg, 65_500, 65_500)).file().bytes(),
                CORRUPT);
    }

    private static TiffFile.Page sized(int width, int height) {
        return new TiffFile(ByteOrder.BIG_ENDIAN).page().picture(width, height, 1, 8, 1, 1);
    }

    private void addTiffLoops() {
        byte[] gray = Samples.packed(SamplePicture.graySamples(), 0, WIDTH * HEIGHT, 8);
        Read read = SamplePicture.gray();
        byte[] straight = sized(WIDTH, HEIGHT).piece(gray).file().bytes();
        int place = ByteBuffer.wrap(straight).getInt(4);
        add(
                "tiff whose directory follows itself",
                sized(WIDTH, HEIGHT).piece(gray).next(place).file().bytes(),
                read);
        TiffFile two = sized(WIDTH, HEIGHT).piece(gray).file();
        two.page().picture(4, 4, 1, 8, 1, 1).piece(new byte[16]).next(place);
        add("tiff whose directories follow each other", two.bytes(), read.ofPictures(2));
        TiffFile.Page exif = sized(WIDTH, HEIGHT).piece(gray).tag(34665, TiffFile.LONG, place);
        add("tiff whose exif is itself", exif.file().bytes(), read);
        TiffFile.Page below = sized(WIDTH, HEIGHT).piece(gray).tag(330, TiffFile.LONG, place, place, place);
        add("tiff that lies below itself", below.file().bytes(), read);
        TiffFile pages = sized(WIDTH, HEIGHT).piece(gray).file();
        for (int i = 0; i < 2000; i++) {
            pages.page().picture(1, 1, 1, 8, 1, 1).piece(new byte[1]);
        }
        add("tiff of 2001 pages", pages.bytes(), read.ofPictures(2001));
    }

    private void addWebps() {
        byte[] lossy = WebpFile.LOSSY_HALVES.clone();
        ByteBuffer inner = ByteBuffer.wrap(lossy).order(ByteOrder.LITTLE_ENDIAN);
        inner.putShort(6, (short) 16_383).putShort(8, (short) 16_383);
        add("webp of 16383 x 16383", WebpFile.riff(WebpFile.chunk("VP8 ", lossy)), TOO_MANY_PIXELS);
        add("webp that ends within its picture", HexFormat.of().parseHex(WEBP_THAT_ENDS_EARLY), CORRUPT);
        byte[] small = WebpFile.extended(32, 16, false, false);
        add("webp whose picture is larger than it says", WebpFile.riff(small, WebpFile.chunk("VP8 ", lossy)), CORRUPT);
        byte[] lossless = WebpFile.lossless(new int[] {0}, 16_000, 16_000, false);
        add("webp, lossless, of 16000 x 16000", WebpFile.riff(WebpFile.chunk("VP8L", lossless)), TOO_MANY_PIXELS);
        byte[] hidden = WebpFile.riff(small, WebpFile.chunk("VP8L", lossless));
        add("webp whose lossless picture is larger than it says", hidden, CORRUPT);
        add("webp without a picture", WebpFile.riff(small), CORRUPT);
        byte[] unsigned = WebpFile.lossless(new int[WIDTH * HEIGHT], WIDTH, HEIGHT, false);
        unsigned[0] = 0;
        add("webp, lossless, without its mark", WebpFile.riff(WebpFile.chunk("VP8L", unsigned)), CORRUPT);
        byte[] lengths = WebpFile.riff(WebpFile.chunk("VP8 ", WebpFile.LOSSY_HALVES));
        ByteBuffer.wrap(lengths).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 0x7fffffff);
        add("webp of 2 GB", lengths, CORRUPT);
    }

    private void addCutFiles() throws IOException {
        BufferedImage image = SamplePicture.image(BufferedImage.TYPE_3BYTE_BGR);
        int[] opaque = new int[WIDTH * HEIGHT];
        Arrays.fill(opaque, 0xff336699);
        List<byte[]> whole = List.of(
                JpegFile.of(image, false),
                JpegFile.of(image, true),
                PhotoFiles.write(image, "png"),
                PhotoFiles.write(image, "gif"),
                PhotoFiles.write(image, "bmp"),
                PhotoFiles.write(image, "tiff"),
                WebpFile.riff(WebpFile.chunk("VP8L", WebpFile.lossless(opaque, WIDTH, HEIGHT, false))));
        for (int i = 0; i < whole.size(); i++) {
            byte[] file = whole.get(i);
            for (int percent : new int[] {30, 60, 95}) {
                String name = PhotoFormat.of(file).orElseThrow() + " " + i + ", cut to " + percent + " %";
                add(name, Arrays.copyOf(file, file.length * percent / 100), CORRUPT);
            }
        }
    }
}
