package dev.colorstream.worker.fetch;

import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.stage.Budget;

/**
 * A gray photo's file.
 *
 * @param bytes all of the object; the receiver's
 * @param share of the budget of bytes; whoever needs the bytes no more gives it back
 */
public record FetchedPhoto(Assignment assignment, byte[] bytes, Budget.Share share) {}
