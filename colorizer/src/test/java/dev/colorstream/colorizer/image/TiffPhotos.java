package dev.colorstream.colorizer.image;

import static dev.colorstream.colorizer.image.SamplePicture.HEIGHT;
import static dev.colorstream.colorizer.image.SamplePicture.WIDTH;

import dev.colorstream.colorizer.image.CorpusFile.Expected;
import dev.colorstream.colorizer.image.CorpusFile.Read;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** TIFF photos by their samples: how many bits each has, and what stands beside the colors. */
final class TiffPhotos {
    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;

    private final List<CorpusFile> files = new ArrayList<>();

    private TiffPhotos() {}

    static List<CorpusFile> all() {
        TiffPhotos photos = new TiffPhotos();
        photos.addDepths();
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
