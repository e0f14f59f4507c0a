package dev.colorstream.colorizer.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The chain of page directories of a TIFF or BigTIFF file, walked from link to link: readers would take in every page, and
 * every directory below, of which a hostile file has millions.
 */
final class TiffChain {
    private static final int BIG = 43;
    private static final int MOST_PAGES = 10_000;
    private static final int SUBFILE_TYPE = 254;
    private static final int SUB_DIRECTORIES = 330;
    private static final int EXIF = 34665;
    private static final int GPS = 34853;
    private static final int REDUCED = 1;

    /** Of one value of each type, by the types' numbers; 0 where there is no such type. */
    private static final int[] VALUE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    /** A type that there is not: readers pass over its fields. */
    private static final short NO_TYPE = 0;

    private final ByteBuffer file;
    private final boolean isBig;

    private TiffChain(byte[] bytes) {
        boolean isLittle = bytes.length > 0 && bytes[0] == 'I';
        file = ByteBuffer.wrap(bytes).order(isLittle ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        isBig = bytes.length >= 16 && file.getShort(2) == BIG;
    }

    /** How many pages, previews not counted; at least 1, at most {@value #MOST_PAGES}. */
    static int pages(byte[] bytes) {
        TiffChain chain = new TiffChain(bytes);
        Set<Integer> seen = new HashSet<>();
        int pages = 0;
        int place = chain.first();
        while (chain.isWhole(place) && seen.size() < MOST_PAGES && seen.add(place)) {
            pages += chain.isPreview(place) ? 0 : 1;
            place = chain.offset(chain.next(place));
        }
        return Math.max(1, pages);
    }

    /** Whether the first page's directory has entries beyond the file's end; readers make of such what they please. */
    static boolean isCutOff(byte[] bytes) {
        TiffChain chain = new TiffChain(bytes);
        int place = chain.first();
        return place >= 8
                && place <= bytes.length - chain.countSize()
                && (chain.entries(place) < 0 || chain.next(place) > bytes.length);
    }

    /** The file with its first page alone; of the directories below it, EXIF's. */
    static byte[] firstPage(byte[] bytes) {
        TiffChain chain = new TiffChain(bytes.clone());
        int place = chain.first();
        if (!chain.isWhole(place)) {
            return bytes;
        }
        for (int entry = 0; entry < chain.entries(place); entry++) {
            int at = chain.entry(place, entry);
            int tag = chain.file.getShort(at) & 0xffff;
            boolean isOneExif = tag == EXIF && chain.count(at) == 1;
            if (tag == SUB_DIRECTORIES || tag == GPS || (tag == EXIF && !isOneExif)) {
                chain.file.putShort(at + 2, NO_TYPE);
            }
        }
        long left = chain.dropRepeats(place, bytes.length);
        chain.exifOf(place).ifPresent(exif -> chain.dropRepeats(exif, left));
        chain.putOffset(chain.next(place), 0);
        return chain.file.array();
    }

    /**
     * Makes readers pass over fields of a directory whose values are more, all together, than the file has: those would take
     * in the same bytes again for each of them.
     *
     * @param most bytes that the values may have
     * @return how many of them are left
     */
    private long dropRepeats(int place, long most) {
        long left = most;
        for (int entry = 0; entry < entries(place); entry++) {
            int at = entry(place, entry);
            int type = file.getShort(at + 2) & 0xffff;
            int valueBytes = type < VALUE_BYTES.length ? VALUE_BYTES[type] : 0;
            if (valueBytes > 0 && (count(at) < 0 || count(at) > left / valueBytes)) {
                file.putShort(at + 2, NO_TYPE);
            } else {
                left -= valueBytes * count(at);
            }
        }
        return left;
    }

    private OptionalInt exifOf(int place) {
        for (int entry = 0; entry < entries(place); entry++) {
            int at = entry(place, entry);
            int exif = offset(at + (isBig ? 12 : 8));
            if ((file.getShort(at) & 0xffff) == EXIF && file.getShort(at + 2) != NO_TYPE && isWhole(exif)) {
                return OptionalInt.of(exif);
            }
        }
        return OptionalInt.empty();
    }

    private int first() {
        return file.capacity() < 8 ? 0 : offset(isBig ? 8 : 4);
    }

    /** Whether a directory is there with all its entries and its link. */
    private boolean isWhole(int place) {
        return place >= 8
                && place <= file.capacity() - countSize()
                && entries(place) >= 0
                && (long) next(place) + offsetSize() <= file.capacity();
    }

    private int entries(int place) {
        long entries = isBig ? file.getLong(place) : file.getShort(place) & 0xffff;
        return entries < 0 || entries > 0xffff ? -1 : (int) entries;
    }

    private int entry(int place, int index) {
        return place + countSize() + index * (isBig ? 20 : 12);
    }

    private int next(int place) {
        return entry(place, entries(place));
    }

    private long count(int entry) {
        return isBig ? file.getLong(entry + 4) : file.getInt(entry + 4) & 0xffffffffL;
    }

    private boolean isPreview(int place) {
        for (int entry = 0; entry < entries(place); entry++) {
            int at = entry(place, entry);
            if ((file.getShort(at) & 0xffff) == SUBFILE_TYPE) {
                int value = at + (isBig ? 12 : 8);
                boolean isShort = file.getShort(at + 2) == 3;
                return ((isShort ? file.getShort(value) : file.getInt(value)) & REDUCED) != 0;
            }
        }
        return false;
    }

    /** What stands there as a place in the file; 0 where it is beyond any. */
    private int offset(int at) {
        long place = isBig ? file.getLong(at) : file.getInt(at) & 0xffffffffL;
        return place < 0 || place > file.capacity() ? 0 : (int) place;
    }

    private void putOffset(int at, int place) {
        if (isBig) {
            file.putLong(at, place);
        } else {
            file.putInt(at, place);
        }
    }

    private int offsetSize() {
        return isBig ? 8 : 4;
    }

    private int countSize() {
        return isBig ? 8 : 2;
    }
}
