package dev.colorstream.colorizer.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A TIFF or BigTIFF file written tag by tag, right or wrong; also an EXIF block. */
final class TiffFile {
    static final int SHORT = 3;
    static final int LONG = 4;
    private static final int ASCII = 2;
    private static final int RATIONAL = 5;
    private static final int UNDEFINED = 7;

    private final ByteOrder order;
    private final boolean isBig;
    private final List<Page> pages = new ArrayList<>();

    TiffFile(ByteOrder order) {
        this(order, false);
    }

    TiffFile(ByteOrder order, boolean isBig) {
        this.order = order;
        this.isBig = isBig;
    }

    /** A field: its type, how many values, and their bytes. */
    private record Field(int type, int count, byte[] value) {}

    /** A directory. */
    final class Page {
        private final Map<Integer, Field> fields = new TreeMap<>();
        private final List<byte[]> pieces = new ArrayList<>();
        private final Map<Integer, Page> below = new TreeMap<>();
        private boolean isTiled;
        private int next = -1;

        Page tag(int tag, int type, long... values) {
            int size = type == SHORT ? 2 : 4;
            ByteBuffer bytes = ByteBuffer.allocate(size * values.length).order(order);
            for (long value : values) {
                if (type == SHORT) {
                    bytes.putShort((short) value);
                } else {
                    bytes.putInt((int) value);
                }
            }
            int count = type == RATIONAL ? values.length / 2 : values.length;
            fields.put(tag, new Field(type, count, bytes.array()));
            return this;
        }

        Page rational(int tag, int numerator, int denominator) {
            return tag(tag, RATIONAL, numerator, denominator);
        }

        Page text(int tag, String text) {
            byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
            fields.put(tag, new Field(ASCII, bytes.length, bytes));
            return this;
        }

        Page bytes(int tag, byte[] bytes) {
            fields.put(tag, new Field(UNDEFINED, bytes.length, bytes));
            return this;
        }

        /** A field that says it has so many values, and where. */
        Page lie(int tag, int type, int count, int place) {
            fields.put(
                    tag,
                    new Field(
                            type,
                            count,
                            ByteBuffer.allocate(4).order(order).putInt(place).array()));
            return this;
        }

        /** Width, height, bits of each sample, compression, photometric interpretation, all in one strip. */
        Page picture(int width, int height, int samples, int bits, int compression, int photometric) {
            long[] each = new long[samples];
            Arrays.fill(each, bits);
            return tag(256, LONG, width)
                    .tag(257, LONG, height)
                    .tag(258, SHORT, each)
                    .tag(259, SHORT, compression)
                    .tag(262, SHORT, photometric)
                    .tag(277, SHORT, samples)
                    .tag(278, LONG, height);
        }

        /** A strip's or tile's bytes. */
        Page piece(byte[] bytes) {
            pieces.add(bytes);
            return this;
        }

        Page tiles(int width, int height) {
            isTiled = true;
            fields.remove(278);
            return tag(322, SHORT, width).tag(323, SHORT, height);
        }

        /** A directory below. */
        Page below(int tag, Page directory) {
            below.put(tag, directory);
            return this;
        }

        /** Where the next directory is said to be. */
        Page next(int place) {
            next = place;
            return this;
        }

        TiffFile file() {
            return TiffFile.this;
        }
    }

    Page page() {
        Page page = new Page();
        pages.add(page);
        return page;
    }

    /** A directory that is no page. */
    Page directory() {
        return new Page();
    }

    byte[] bytes() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[isBig ? 16 : 8]);
        int[] places = pages.stream().mapToInt(page -> lay(page, body)).toArray();
        ByteBuffer file = ByteBuffer.wrap(body.toByteArray()).order(order);
        file.put(order == ByteOrder.BIG_ENDIAN ? new byte[] {'M', 'M'} : new byte[] {'I', 'I'});
        if (isBig) {
            file.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(places[0]);
        } else {
            file.putShort((short) 42).putInt(places[0]);
        }
        for (int i = 0; i < pages.size(); i++) {
            Page page = pages.get(i);
            int following = page.next < 0 && i + 1 < pages.size() ? places[i + 1] : Math.max(0, page.next);
            int link = places[i] + directoryBytes(page) - (isBig ? 8 : 4);
            if (isBig) {
                file.putLong(link, following);
            } else {
                file.putInt(link, following);
            }
        }
        return file.array();
    }

    private int directoryBytes(Page page) {
        return isBig ? 16 + 20 * page.fields.size() : 6 + 12 * page.fields.size();
    }

    /** Where its directory was laid. */
    private int lay(Page page, ByteArrayOutputStream body) {
        page.below.forEach((tag, below) -> page.tag(tag, LONG, lay(below, body)));
        layPieces(page, body);
        Map<Integer, Integer> far = layFarValues(page, body);
        int place = body.size();
        ByteBuffer directory = ByteBuffer.allocate(directoryBytes(page)).order(order);
        if (isBig) {
            directory.putLong(page.fields.size());
        } else {
            directory.putShort((short) page.fields.size());
        }
        page.fields.forEach((tag, field) -> {
            directory.putShort((short) (int) tag).putShort((short) field.type);
            putNumber(directory, field.count);
            int end = directory.position() + (isBig ? 8 : 4);
            if (far.containsKey(tag)) {
                putNumber(directory, far.get(tag));
            } else {
                directory.put(field.value);
            }
            directory.position(end);
        });
        body.writeBytes(directory.array());
        return place;
    }

    private void putNumber(ByteBuffer bytes, int number) {
        if (isBig) {
            bytes.putLong(number);
        } else {
            bytes.putInt(number);
        }
    }

    private static void layPieces(Page page, ByteArrayOutputStream body) {
        if (page.pieces.isEmpty()) {
            return;
        }
        long[] offsets = new long[page.pieces.size()];
        long[] lengths = new long[page.pieces.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = body.size();
            lengths[i] = page.pieces.get(i).length;
            body.writeBytes(page.pieces.get(i));
            align(body);
        }
        page.tag(page.isTiled ? 324 : 273, LONG, offsets).tag(page.isTiled ? 325 : 279, LONG, lengths);
    }

    private Map<Integer, Integer> layFarValues(Page page, ByteArrayOutputStream body) {
        Map<Integer, Integer> far = new TreeMap<>();
        page.fields.forEach((tag, field) -> {
            if (field.value.length > (isBig ? 8 : 4)) {
                far.put(tag, body.size());
                body.writeBytes(field.value);
                align(body);
            }
        });
        return far;
    }

    private static void align(ByteArrayOutputStream body) {
        if (body.size() % 2 != 0) {
            body.write(0);
        }
    }
}
