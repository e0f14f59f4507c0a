package dev.colorstream.colorizer.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The chain of page directories of a TIFF or BigTIFF file, walked from link to link: readers would take in every page, and
 * every directory below, of which a hostile file has millions.
 */
final class TiffChain {
    private static final int BIG = 43;
    private static final int MOST_PAGES = 10_000;
    private static final int MOST_PREVIEWS = 16;
    private static final int SUBFILE_TYPE = 254;
    private static final int SUB_DIRECTORIES = 330;
    private static final int EXIF = 34665;
    private static final int GPS = 34853;
    private static final int DNG_VERSION = 50706;
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

    /** Whether it is a camera's raw file: its pages are previews, its photo is in no form that is read. */
    static boolean isCameraRaw(byte[] bytes) {
        TiffChain chain = new TiffChain(bytes);
        int place = chain.first();
        return chain.isWhole(place)
                && (chain.has(place, DNG_VERSION) || (chain.isPreview(place) && chain.has(place, SUB_DIRECTORIES)));
    }

    /**
     * Whether the picture's directory, or that behind a preview, goes beyond the file's end; readers make of such what they
     * please.
     */
    static boolean isCutOff(byte[] bytes) {
        TiffChain chain = new TiffChain(bytes);
        int place = chain.picture();
        if (chain.isWhole(place)) {
            return chain.isPreview(place) && chain.leadsBeyond(chain.next(place));
        }
        return place != chain.first()
                || (place >= 8
                        && place <= bytes.length - chain.countSize()
                        && (chain.entries(place) < 0 || chain.next(place) > bytes.length));
    }

    /** The file with its first page alone, even if that is a preview; of the directories below it, EXIF's. */
    static byte[] firstPage(byte[] bytes) {
        TiffChain chain = new TiffChain(bytes.clone());
        int place = chain.first();
        return chain.isWhole(place) ? chain.alone(place) : bytes;
    }

    /** The file with its picture alone: the first page that is no preview, or where all are, the first. */
    static byte[] picture(byte[] bytes) {
        TiffChain chain = new TiffChain(bytes.clone());
        int place = chain.picture();
        return chain.isWhole(place) ? chain.alone(place) : bytes;
    }

    /** Looked for behind {@value #MOST_PREVIEWS} previews at most. */
    private int picture() {
        Set<Integer> seen = new HashSet<>();
        int place = first();
        while (isWhole(place) && seen.size() < MOST_PREVIEWS && seen.add(place)) {
            if (!isPreview(place)) {
                return place;
            }
            place = offset(next(place));
        }
        // A page that is cut off is the picture, too.
        return place >= 8 && !isWhole(place) ? place : first();
    }

    private byte[] alone(int place) {
        for (int entry = 0; entry < entries(place); entry++) {
            int at = entry(place, entry);
            int tag = file.getShort(at) & 0xffff;
            boolean isOneExif = tag == EXIF && count(at) == 1;
            if (tag == SUB_DIRECTORIES || tag == GPS || (tag == EXIF && !isOneExif)) {
                file.putShort(at + 2, NO_TYPE);
            }
        }
        long left = dropRepeats(place, file.capacity());
        exifOf(place).ifPresent(exif -> dropRepeats(exif, left));
        putOffset(isBig ? 8 : 4, place);
        putOffset(next(place), 0);
        return file.array();
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

    private boolean has(int place, int tag) {
        return IntStream.range(0, entries(place))
                .anyMatch(entry -> (file.getShort(entry(place, entry)) & 0xffff) == tag);
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

    /** Whether a link is to a place beyond the file's end. */
    private boolean leadsBeyond(int at) {
        long place = isBig ? file.getLong(at) : file.getInt(at);
        return place != 0 && offset(at) == 0;
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
