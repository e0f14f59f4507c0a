package dev.colorstream.worker.colorize;

import dev.colorstream.colorizer.PhotoPrediction;
import dev.colorstream.worker.decode.DecodedPhoto;

/**
 * A photo and what the network says of it.
 *
 * @param decoded its lightness; its share of the pixel budget goes along
 */
public record PredictedPhoto(DecodedPhoto decoded, PhotoPrediction prediction) {}
