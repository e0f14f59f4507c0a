package dev.colorstream.worker.encode;

import dev.colorstream.colorizer.image.EncodedPhoto;
import dev.colorstream.contract.result.SourceTraits;
import dev.colorstream.worker.consumer.Assignment;

/**
 * A color photo as a file.
 *
 * @param traits of the gray photo's file
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 */
public record ColoredPhoto(Assignment assignment, EncodedPhoto file, SourceTraits traits, String sha256) {}
