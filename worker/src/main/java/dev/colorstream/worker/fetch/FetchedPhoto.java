package dev.colorstream.worker.fetch;

import dev.colorstream.worker.consumer.Assignment;

/**
 * A gray photo's file.
 *
 * @param bytes all of the object; the receiver's
 */
public record FetchedPhoto(Assignment assignment, byte[] bytes) {}
