package dev.colorstream.colorizer.image;

import static dev.colorstream.colorizer.image.SamplePicture.HEIGHT;
import static dev.colorstream.colorizer.image.SamplePicture.WIDTH;

import dev.colorstream.colorizer.image.CorpusFile.Expected;
import dev.colorstream.colorizer.image.CorpusFile.Read;
import dev.colorstream.colorizer.image.CorpusFile.Refused;
import dev.colorstream.colorizer.lab.Srgb;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** TIFF photos by their samples: how many bits each has, and what stands beside the colors. */
final class TiffPhotos {
    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;
    private static final int LAB = 8;
    private static final int UNSPECIFIED = 0;
    private static final int ASSOCIATED = 1;
    private static final int UNASSOCIATED = 2;

    private final List<CorpusFile> files = new ArrayList<>();

    private TiffPhotos() {}

    static List<CorpusFile> all() {
        TiffPhotos photos = new TiffPhotos();
        photos.addDepths();
        photos.addOthers();
        photos.addRefused();
        photos.addBig();
        photos.addPreviews();
        return photos.files;
    }

    private void add(String name, TiffFile.Page page, Expected expected) {
        files.add(new CorpusFile(name, page.file().bytes(), expected));
    }

    private void addDepths() {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            for (int bits : new int[] {6, 10, 12, 14}) {
                int highest = (1 << bits) - 1;
                int[] gray = Samples.ofBits(SamplePicture.graySamples(), bits);
                int[] negative =
                        IntStream.of(gray).map(sample -> highest - sample).toArray();
                // Brought to 8 bits, those of 6 are rounded.
                Read read = SamplePicture.ofGray(gray, highest, code -> code)
                        .ofBits(bits > 8 ? 16 : 8)
                        .within(bits > 8 ? 0.01 : 0.2);
                String what = " of " + bits + " bits, " + order;
                add("tiff gray" + what, page(order, gray, 1, bits, BLACK_IS_ZERO), read);
                add("tiff white is zero" + what, page(order, negative, 1, bits, WHITE_IS_ZERO), read);
                if (bits > 8) {
                    int[] colors = Samples.ofBits(SamplePicture.colorSamples(), bits);
                    add(
                            "tiff color" + what,
                            page(order, colors, 3, bits, RGB),
                            SamplePicture.ofColors(colors, highest));
                }
            }
        }
    }

    /** Samples beside the colors: a mask or depth says nothing of the colors, opacity may be in them. */
    private void addOthers() {
        for (int bits : new int[] {8, 16}) {
            int highest = (1 << bits) - 1;
            int[] gray = Samples.ofBits(SamplePicture.graySamples(), bits);
            int[] colors = Samples.ofBits(SamplePicture.colorSamples(), bits);
            Read grayRead = SamplePicture.ofGray(gray, highest, code -> code);
            Read colorRead = SamplePicture.ofColors(colors, highest);
            int[] grayAndOther = SamplePicture.withOpacity(gray, 1, highest);
            int[] colorsAndOther = SamplePicture.withOpacity(colors, 3, highest);
            String what = " of " + bits + " bits";
            add("tiff gray and a mask" + what, with(grayAndOther, 2, bits, BLACK_IS_ZERO, UNSPECIFIED), grayRead);
            add("tiff color and a mask" + what, with(colorsAndOther, 4, bits, RGB, UNSPECIFIED), colorRead);
            add(
                    "tiff color and opacity" + what,
                    with(colorsAndOther, 4, bits, RGB, UNASSOCIATED),
                    colorRead.withAlpha());
            add(
                    "tiff color over opacity" + what,
                    with(halfOpaque(colors, highest), 4, bits, RGB, ASSOCIATED),
                    colorRead.withAlpha().within(0.3));
        }
        int[] gray = SamplePicture.graySamples();
        int[] equal = IntStream.of(gray)
                .flatMap(tone -> IntStream.of(tone, tone, tone, 200))
                .toArray();
        add(
                "tiff color of gamma 1 and a mask",
                with(equal, 4, 8, RGB, UNSPECIFIED).bytes(34675, IccFile.wideRgb(1)),
                SamplePicture.ofGray(gray, 255, Srgb::fromLinear));
        int[] colors = SamplePicture.colorSamples();
        int[] inksAndOther = new int[colors.length / 3 * 5];
        for (int i = 0; i < colors.length; i++) {
            inksAndOther[i / 3 * 5 + i % 3] = 255 - colors[i];
        }
        add(
                "tiff cmyk and a mask",
                with(inksAndOther, 5, 8, CMYK, UNSPECIFIED),
                SamplePicture.color().within(0.3));
    }

    /** What the reader would mix up. */
    private void addRefused() {
        Refused unsupported = new Refused(RejectionReason.UNSUPPORTED);
        int[] four = new int[4 * WIDTH * HEIGHT];
        int[] two = new int[2 * WIDTH * HEIGHT];
        add("tiff color of 12 bits and a mask", with(four, 4, 12, RGB, UNSPECIFIED), unsupported);
        add("tiff lab and a mask", with(four, 4, 8, LAB, UNSPECIFIED), unsupported);
        TiffFile.Page palette = with(two, 2, 8, PALETTE, UNSPECIFIED).tag(320, TiffFile.SHORT, new long[768]);
        add("tiff palette and a mask", palette, unsupported);
    }

    private void addBig() {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            TiffFile.Page gray = gray(new TiffFile(order, true));
            add("bigtiff, " + order, gray, SamplePicture.gray());
        }
    }

    private void addPreviews() {
        for (boolean isBig : new boolean[] {false, true}) {
            String what = isBig ? ", bigtiff" : "";
            TiffFile first = new TiffFile(ByteOrder.BIG_ENDIAN, isBig);
            preview(first);
            add("tiff that begins with a preview" + what, gray(first), SamplePicture.gray());
            TiffFile raw = new TiffFile(ByteOrder.LITTLE_ENDIAN, isBig);
            TiffFile.Page ofCamera =
                    preview(raw).below(330, raw.directory().picture(WIDTH, HEIGHT, 1, 12, 34713, 32803));
            add("raw file of a camera" + what, ofCamera, new Refused(RejectionReason.UNSUPPORTED));
        }
        TiffFile.Page dng = gray(new TiffFile(ByteOrder.BIG_ENDIAN)).bytes(50706, new byte[] {1, 4, 0, 0});
        add("dng", dng, new Refused(RejectionReason.UNSUPPORTED));
        TiffFile alone = new TiffFile(ByteOrder.BIG_ENDIAN);
        gray(alone).tag(254, TiffFile.LONG, 1);
        add("tiff of a preview alone", alone.page().tag(254, TiffFile.LONG, 1), SamplePicture.gray());
        TiffFile cut = new TiffFile(ByteOrder.BIG_ENDIAN);
        preview(cut);
        byte[] whole = gray(cut).file().bytes();
        for (int lost : new int[] {2, 300}) {
            files.add(new CorpusFile(
                    "tiff with a preview, without its last " + lost + " bytes",
                    Arrays.copyOf(whole, whole.length - lost),
                    new Refused(RejectionReason.CORRUPT)));
        }
    }

    private static TiffFile.Page gray(TiffFile file) {
        return file.page()
                .picture(WIDTH, HEIGHT, 1, 8, 1, BLACK_IS_ZERO)
                .piece(Samples.packed(SamplePicture.graySamples(), 0, WIDTH * HEIGHT, 8));
    }

    private static TiffFile.Page preview(TiffFile file) {
        return file.page()
                .picture(4, 4, 1, 8, 1, BLACK_IS_ZERO)
                .tag(254, TiffFile.LONG, 1)
                .piece(new byte[16]);
    }

    private static TiffFile.Page with(int[] samples, int perPixel, int bits, int photometric, int extra) {
        return page(ByteOrder.BIG_ENDIAN, samples, perPixel, bits, photometric).tag(338, TiffFile.SHORT, extra);
    }

    private static int[] halfOpaque(int[] colors, int highest) {
        int half = highest / 2;
        int[] samples = new int[colors.length / 3 * 4];
        for (int i = 0; i < colors.length; i++) {
            samples[i / 3 * 4 + i % 3] = (int) Math.round(colors[i] * (double) half / highest);
            samples[i / 3 * 4 + 3] = half;
        }
        return samples;
    }

    private static TiffFile.Page page(ByteOrder order, int[] samples, int perPixel, int bits, int photometric) {
        return new TiffFile(order)
                .page()
                .picture(WIDTH, HEIGHT, perPixel, bits, 1, photometric)
                .piece(rows(order, samples, perPixel * WIDTH, bits));
    }

    /** Whole samples of 16 bits are in the file's byte order, all others are high bits first. */
    private static byte[] rows(ByteOrder order, int[] samples, int perRow, int bits) {
        if (bits == 16) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(order);
            IntStream.of(samples).forEach(sample -> bytes.putShort((short) sample));
            return bytes.array();
        }
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int start = 0; start < samples.length; start += perRow) {
            rows.writeBytes(Samples.packed(samples, start, perRow, bits));
        }
        return rows.toByteArray();
    }
}
