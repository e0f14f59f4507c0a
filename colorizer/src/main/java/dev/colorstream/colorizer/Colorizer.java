package dev.colorstream.colorizer;

import dev.colorstream.colorizer.image.AreaAverage;
import dev.colorstream.colorizer.image.ColorPhoto;
import dev.colorstream.colorizer.image.ColorRows;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.network.InferenceEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * Colors photos with a network: {@link #networkInput}, {@link #predict}, {@link #paint} are the steps of
 * {@link #colorize}, for callers that spread them over threads. Safe from several threads; painting runs in parallel,
 * predictions as the engine does them.
 */
public final class Colorizer implements AutoCloseable {
    private final InferenceEngine engine;

    private Colorizer(InferenceEngine engine) {
        this.engine = engine;
    }

    /** A colorizer on an engine, which it closes with itself. */
    public static Colorizer of(InferenceEngine engine) {
        return new Colorizer(engine);
    }

    /** S: the side of the square that the network reads. */
    public int inputSize() {
        return engine.inputSize();
    }

    /** The photo's lightness as the network reads it: S x S, row-major, L in [0,100], aspect ignored. */
    public float[] networkInput(Photo photo) {
        return AreaAverage.toSquare(photo.luminance(), photo.width(), photo.height(), inputSize());
    }

    /**
     * What the network says of each photo: one forward pass for all of them.
     *
     * @param inputs each as of {@link #networkInput}; not kept
     * @return as many predictions, in the same order
     */
    public List<PhotoPrediction> predict(List<float[]> inputs) {
        if (inputs.isEmpty()) {
            return List.of();
        }
        int pixels = inputSize() * inputSize();
        float[] batch = new float[Math.multiplyExact(pixels, inputs.size())];
        int offset = 0;
        for (float[] input : inputs) {
            if (input.length != pixels) {
                throw new IllegalArgumentException(
                        "an input of " + input.length + " values, not " + inputSize() + " x " + inputSize());
            }
            System.arraycopy(input, 0, batch, offset, pixels);
            offset += pixels;
        }
        return engine.predict(batch, inputs.size()).stream()
                .map(PhotoPrediction::new)
                .toList();
    }

    /**
     * The photo with the predicted colors, in its own size and bit depth, its lightness kept.
     *
     * @throws UnusablePredictionException where the network gave values that are no numbers
     */
    public ColorPhoto paint(Photo photo, PhotoPrediction prediction, Palette palette) {
        return Painting.paint(photo, prediction.decode(palette));
    }

    /**
     * The same, painted row by row as it is read, so that no plane of it is kept. Used by one thread.
     *
     * @throws UnusablePredictionException where the network gave values that are no numbers
     */
    public ColorRows rows(Photo photo, PhotoPrediction prediction, Palette palette) {
        return Painting.rows(photo, prediction.decode(palette));
    }

    /**
     * The photos in color, in the same order: one forward pass for all of them.
     *
     * @throws UnusablePredictionException where the network gave values that are no numbers
     */
    public List<ColorPhoto> colorize(List<Photo> photos, Palette palette) {
        List<PhotoPrediction> predictions =
                predict(photos.stream().map(this::networkInput).toList());
        List<ColorPhoto> colored = new ArrayList<>(photos.size());
        for (int index = 0; index < photos.size(); index++) {
            colored.add(paint(photos.get(index), predictions.get(index), palette));
        }
        return colored;
    }

    /** Closes the engine; a later prediction throws {@link IllegalStateException}. */
    @Override
    public void close() {
        engine.close();
    }
}
