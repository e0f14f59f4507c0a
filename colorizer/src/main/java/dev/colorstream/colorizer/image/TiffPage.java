package dev.colorstream.colorizer.image;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** The directory of a TIFF file's picture (TIFF 6.0): the first page that is no preview, read without decoding. */
final class TiffPage {
    private static final Set<Integer> LAB = Set.of(8, 9, 10);
    private static final int PALETTE = 3;
    private static final int TAKEN = 36867;
    private static final int DIGITIZED = 36868;
    private static final int IN_PLANES = 2;
    private static final int OLD_JPEG = 6;
    private static final int JPEG = 7;
    private static final int MOST_BEFORE_FRAME = 1 << 16;
    private static final long MOST_SAMPLES = 8;

    /** None, CCITT RLE, G3 and G4, LZW, JPEG of old and new style, deflate in two spellings, PackBits. */
    private static final Set<Integer> READ_COMPRESSIONS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 32946, 32773);

    private final Directory first;
    private final byte[] bytes;

    private TiffPage(Directory first, byte[] bytes) {
        this.first = first;
        this.bytes = bytes;
    }

    /** @throws IOException where the file has not even one */
    static TiffPage of(byte[] bytes) throws IOException {
        if (TiffChain.isCutOff(bytes)) {
            throw new IOException("its picture's directory goes beyond its end");
        }
        try (ImageInputStream input = new ByteArrayImageInputStream(TiffChain.picture(bytes))) {
            CompoundDirectory found = (CompoundDirectory) new TIFFReader().read(input);
            if (found.directoryCount() < 1) {
                throw new IOException("no page directory");
            }
            return new TiffPage(found.getDirectory(0), bytes);
        }
    }

    long width() {
        return number(first, TIFF.TAG_IMAGE_WIDTH, 0);
    }

    long height() {
        return number(first, TIFF.TAG_IMAGE_HEIGHT, 0);
    }

    /** How the picture is compressed, where the reader does not know that; else nothing. */
    Optional<String> unreadCompression() {
        int compression = (int) number(first, TIFF.TAG_COMPRESSION, 1);
        return READ_COMPRESSIONS.contains(compression)
                ? Optional.empty()
                : Optional.of("TIFF of compression " + compression
                        + "; none, PackBits, LZW, deflate, CCITT and JPEG are read");
    }

    /** The profile of the picture, but for one in Lab, whose reader makes sRGB of it. */
    ColorTags colorTags() {
        return !isLab() && value(first, TIFF.TAG_ICC_PROFILE) instanceof byte[] profile
                ? ColorTags.ofProfile(Optional.of(profile))
                : ColorTags.NONE;
    }

    /** What it says of its picture, and the directory of EXIF below it. */
    ExifTags tags() {
        Directory exif = value(first, TIFF.TAG_EXIF_IFD) instanceof Directory below ? below : first;
        return new ExifTags(
                Orientation.of((int) number(first, TIFF.TAG_ORIENTATION, 0)),
                ExifTags.resolution(
                        value(first, TIFF.TAG_X_RESOLUTION) instanceof Number horizontal ? horizontal : null,
                        value(first, TIFF.TAG_Y_RESOLUTION) instanceof Number vertical ? vertical : null,
                        value(first, TIFF.TAG_RESOLUTION_UNIT) instanceof Number unit ? unit.intValue() : null),
                time(first, TIFF.TAG_DATE_TIME),
                time(exif, TAKEN),
                time(exif, DIGITIZED));
    }

    private static Optional<String> time(Directory directory, int tag) {
        return value(directory, tag) instanceof String text ? ExifTags.time(text) : Optional.empty();
    }

    /**
     * How it is to be read: a pixel of more than three samples as it is stored, since the reader by itself takes any fourth
     * for straight opacity.
     *
     * @throws UnsupportedPixelsException where the reader would take other samples for colors
     */
    ImageReadParam parameters(ImageReader reader) throws IOException, UnsupportedPixelsException {
        ImageTypeSpecifier stored = reader.getRawImageType(0);
        long samples = number(first, TIFF.TAG_SAMPLES_PER_PIXEL, 1);
        boolean isInPlanes = number(first, TIFF.TAG_PLANAR_CONFIGURATION, 1) == IN_PLANES;
        int mostOfItsColors = isLab() ? 3 : photometric() == PALETTE ? 1 : Integer.MAX_VALUE;
        if ((samples > stored.getNumBands() && !isInPlanes) || samples > mostOfItsColors) {
            throw new UnsupportedPixelsException("TIFF of " + samples
                    + " samples a pixel; beside colors, others are read in gray, RGB and CMYK of 8 and 16 bits");
        }
        ImageReadParam parameters = reader.getDefaultReadParam();
        if (stored.getNumBands() > 3) {
            parameters.setDestinationType(stored);
        }
        return parameters;
    }

    private boolean isLab() {
        return LAB.contains(photometric());
    }

    private int photometric() {
        return (int) number(first, TIFF.TAG_PHOTOMETRIC_INTERPRETATION, 0);
    }

    /** What would make a reader take more memory than the picture's size says, or nothing. */
    Optional<String> lie() {
        long samples = number(first, TIFF.TAG_SAMPLES_PER_PIXEL, 1);
        if (samples < 1 || samples > MOST_SAMPLES) {
            return Optional.of(samples + " samples a pixel");
        }
        long tileWidth = number(first, TIFF.TAG_TILE_WIDTH, 1);
        long tileHeight = number(first, TIFF.TAG_TILE_HEIGTH, 1);
        boolean isWider = tileWidth < 1 || tileWidth > roundedUp(width());
        boolean isHigher = tileHeight < 1 || tileHeight > roundedUp(height());
        return isWider || isHigher
                ? Optional.of("tiles of " + tileWidth + " x " + tileHeight + " for a picture of " + width() + " x "
                        + height())
                : lieOfPieces();
    }

    /** A piece that is a JPEG file has a size of its own, which its reader goes by. */
    private Optional<String> lieOfPieces() {
        long compression = number(first, TIFF.TAG_COMPRESSION, 1);
        if (compression != OLD_JPEG && compression != JPEG) {
            return Optional.empty();
        }
        for (long offset : numbers(TIFF.TAG_STRIP_OFFSETS, TIFF.TAG_TILE_OFFSETS)) {
            if (offset < 0 || offset >= bytes.length) {
                continue;
            }
            Optional<String> lie = JpegMarkers.frame(Arrays.copyOfRange(bytes, (int) offset, pieceEnd((int) offset)))
                    .filter(frame -> frame.width() > roundedUp(width()) || frame.height() > roundedUp(height()))
                    .map(frame -> "a piece of " + frame.width() + " x " + frame.height() + " in a picture of " + width()
                            + " x " + height());
            if (lie.isPresent()) {
                return lie;
            }
        }
        return Optional.empty();
    }

    /** Frame headers stand at the beginning, behind tables. */
    private int pieceEnd(int offset) {
        return Math.min(bytes.length, offset + MOST_BEFORE_FRAME);
    }

    /** What is missing of the picture, or nothing. */
    Optional<String> damage() {
        long[] offsets = numbers(TIFF.TAG_STRIP_OFFSETS, TIFF.TAG_TILE_OFFSETS);
        long[] lengths = numbers(TIFF.TAG_STRIP_BYTE_COUNTS, TIFF.TAG_TILE_BYTE_COUNTS);
        for (int i = 0; i < offsets.length; i++) {
            long end = offsets[i] + (i < lengths.length ? lengths[i] : 1);
            if (offsets[i] < 0 || end > bytes.length) {
                return Optional.of("the file is cut off: " + bytes.length + " of " + end + " bytes");
            }
        }
        return Optional.empty();
    }

    /** Tiles are padded to whole ones; libraries make them as large as 1024. */
    private static long roundedUp(long pixels) {
        return Math.max(1024, (pixels / 16 + 1) * 16);
    }

    private long[] numbers(int tagOfStrips, int tagOfTiles) {
        Entry entry = first.getEntryById(tagOfTiles);
        Object value = (entry == null ? Optional.ofNullable(first.getEntryById(tagOfStrips)) : Optional.of(entry))
                .map(Entry::getValue)
                .orElse(0);
        if (value instanceof long[] longs) {
            return longs;
        }
        if (value instanceof int[] ints) {
            return Arrays.stream(ints).asLongStream().toArray();
        }
        return value instanceof Number number ? new long[] {number.longValue()} : new long[0];
    }

    private static long number(Directory directory, int tag, long otherwise) {
        return value(directory, tag) instanceof Number number ? number.longValue() : otherwise;
    }

    private static @Nullable Object value(Directory directory, int tag) {
        Entry entry = directory.getEntryById(tag);
        return entry == null ? null : entry.getValue();
    }
}
