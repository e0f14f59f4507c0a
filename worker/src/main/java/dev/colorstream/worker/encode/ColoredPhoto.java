package dev.colorstream.worker.encode;

import dev.colorstream.colorizer.image.EncodedPhoto;
import dev.colorstream.contract.result.SourceTraits;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.stage.Backlog;

/**
 * A color photo as a file.
 *
 * @param traits of the gray photo's file
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 * @param place among the files that wait for the store; to be given back when it is stored, or with the assignment's end
 */
public record ColoredPhoto(
        Assignment assignment, EncodedPhoto file, SourceTraits traits, String sha256, Backlog.Place place) {}
