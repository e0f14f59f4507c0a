package dev.colorstream.colorizer.image;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * How a stored picture is turned and mirrored to be displayed: the values 1 to 8 of the tag Orientation of EXIF and
 * TIFF, in that order.
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    MIRRORED_UPSIDE_DOWN(false, false, true),
    TRANSPOSED(true, false, false),
    TURNED_RIGHT(true, false, true),
    TRANSVERSED(true, true, true),
    TURNED_LEFT(true, true, false);

    private final boolean swapsSides;
    private final boolean fromRight;
    private final boolean fromBottom;

    /**
     * @param swapsSides whether a displayed row is a stored column
     * @param fromRight whether stored columns are read from the right
     * @param fromBottom whether stored rows are read from the bottom
     */
    Orientation(boolean swapsSides, boolean fromRight, boolean fromBottom) {
        this.swapsSides = swapsSides;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** What a file says of itself; upright where it says nothing or nothing that can be read. */
    static Orientation of(byte[] bytes, PhotoFormat format) {
        try {
            return switch (format) {
                case JPEG ->
                    of(JpegMetadataReader.readMetadata(new ByteArrayInputStream(bytes), List.of(new ExifReader())));
                case TIFF -> of(TiffMetadataReader.readMetadata(new ByteArrayInputStream(bytes)));
                case PNG, GIF, BMP -> UPRIGHT;
            };
        } catch (ImageProcessingException | IOException | RuntimeException unreadable) {
            // Broken metadata do not make a photo unreadable.
            return UPRIGHT;
        }
    }

    private static Orientation of(Metadata metadata) {
        ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer value = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return value == null || value < 1 || value > values().length ? UPRIGHT : values()[value - 1];
    }

    /** A photo as it is displayed, of one as it is stored. */
    Photo displayed(Photo stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = swapsSides ? stored.height() : stored.width();
        int height = swapsSides ? stored.width() : stored.height();
        float[] luminance = new float[stored.luminance().length];
        char[] alpha = new char[stored.alpha().length];
        move(stored.width(), stored.height(), (from, to) -> {
            luminance[to] = stored.luminance()[from];
            if (alpha.length > 0) {
                alpha[to] = stored.alpha()[from];
            }
        });
        return new Photo(width, height, luminance, stored.bitDepth(), alpha, stored.format(), stored.hadColor());
    }

    /**
     * A picture's pixels as they are displayed.
     *
     * @param stored width x height, row-major
     */
    int[] displayed(int[] stored, int width, int height) {
        if (this == UPRIGHT) {
            return stored;
        }
        int[] displayed = new int[stored.length];
        move(width, height, (from, to) -> displayed[to] = stored[from]);
        return displayed;
    }

    /** Takes a pixel from where it is stored to where it is displayed. */
    private interface Move {
        void pixel(int from, int to);
    }

    private void move(int storedWidth, int storedHeight, Move move) {
        int width = swapsSides ? storedHeight : storedWidth;
        int height = swapsSides ? storedWidth : storedHeight;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = swapsSides ? y : x;
                int row = swapsSides ? x : y;
                int from = (fromBottom ? storedHeight - 1 - row : row) * storedWidth
                        + (fromRight ? storedWidth - 1 - column : column);
                move.pixel(from, y * width + x);
            }
        }
    }
}
