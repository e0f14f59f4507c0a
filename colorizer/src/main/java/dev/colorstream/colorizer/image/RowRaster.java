package dev.colorstream.colorizer.image;

import java.awt.Point;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.jspecify.annotations.Nullable;

/**
 * The raster of a picture of which one row is there at a time: the one that was asked for last. ImageIO's writers ask row
 * by row, from the top, by the two methods that are answered here; so a large photo is never there as pixels.
 */
final class RowRaster extends WritableRaster {
    private final Rows rows;
    private final WritableRaster row;
    private final int[] samples;
    private int current = -1;

    /** Makes rows. */
    interface Rows {
        /**
         * Writes a row.
         *
         * @param samples receives all samples of the row, interleaved
         */
        void read(int y, int[] samples);
    }

    /**
     * A raster without pixels.
     *
     * @param dataType {@link DataBuffer#TYPE_BYTE} or {@link DataBuffer#TYPE_USHORT}
     */
    RowRaster(int width, int height, int bands, int dataType, Rows rows) {
        super(layout(width, height, bands, dataType), buffer(dataType), new Point());
        this.rows = rows;
        row = Raster.createInterleavedRaster(dataType, width, 1, bands, null);
        samples = new int[width * bands];
    }

    private static ComponentSampleModel layout(int width, int height, int bands, int dataType) {
        int[] offsets = new int[bands];
        for (int band = 0; band < bands; band++) {
            offsets[band] = band;
        }
        return new PixelInterleavedSampleModel(dataType, width, height, bands, width * bands, offsets);
    }

    private static DataBuffer buffer(int dataType) {
        return Raster.createInterleavedRaster(dataType, 1, 1, 1, null).getDataBuffer();
    }

    @Override
    public Raster createChild(
            int x, int y, int childWidth, int childHeight, int toX, int toY, int @Nullable [] bandList) {
        return row(y, childHeight).createChild(x, 0, childWidth, 1, toX, toY, bandList);
    }

    @Override
    public Object getDataElements(int x, int y, int w, int h, @Nullable Object out) {
        return row(y, h).getDataElements(x, 0, w, 1, out);
    }

    private WritableRaster row(int y, int count) {
        if (count != 1) {
            throw new UnsupportedOperationException(count + " rows at once; one is there");
        }
        if (y != current) {
            rows.read(y, samples);
            row.setPixels(0, 0, getWidth(), 1, samples);
            current = y;
        }
        return row;
    }
}
