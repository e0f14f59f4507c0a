package dev.colorstream.colorizer.image;

import java.awt.image.WritableRaster;
import java.util.Optional;

/** The four components of a JPEG file in inks, as they are stored: Adobe's programs invert them, and may store luma. */
final class InkSamples {
    private static final int YCCK = 2;

    private InkSamples() {}

    /**
     * Makes them cyan, magenta, yellow and black, 255 the most of each.
     *
     * @param adobeTransform as of {@link JpegMarkers#adobeTransform}
     */
    static void normalize(WritableRaster raster, Optional<Integer> adobeTransform) {
        if (adobeTransform.isEmpty()) {
            return;
        }
        int[] row = new int[4 * raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int i = 0; i < row.length; i += 4) {
                if (adobeTransform.orElseThrow() == YCCK) {
                    toInks(row, i);
                } else {
                    row[i] = 255 - row[i];
                    row[i + 1] = 255 - row[i + 1];
                    row[i + 2] = 255 - row[i + 2];
                }
                row[i + 3] = 255 - row[i + 3];
            }
            raster.setPixels(0, y, raster.getWidth(), 1, row);
        }
    }

    /** JFIF's luma and chroma, of inks that are not inverted: the black beside them is. */
    private static void toInks(int[] row, int i) {
        double luma = row[i];
        double blueness = row[i + 1] - 128;
        double redness = row[i + 2] - 128;
        row[i] = clamped(luma + 1.402 * redness);
        row[i + 1] = clamped(luma - 0.344136 * blueness - 0.714136 * redness);
        row[i + 2] = clamped(luma + 1.772 * blueness);
    }

    private static int clamped(double sample) {
        return (int) Math.round(Math.max(0, Math.min(255, sample)));
    }
}
