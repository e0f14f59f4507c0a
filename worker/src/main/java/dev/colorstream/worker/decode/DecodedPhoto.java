package dev.colorstream.worker.decode;

import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.stage.Budget;

/**
 * A photo ready for the network of the version that its assignment leases.
 *
 * @param input what the network reads of it, S x S, row-major, L in [0,100]
 * @param share of the pixel budget; whoever ends the photo gives it back
 * @param decodedAt when it was ready, in the nanoseconds of the stages' clock
 */
public record DecodedPhoto(Assignment assignment, Photo photo, float[] input, Budget.Share share, long decodedAt) {}
