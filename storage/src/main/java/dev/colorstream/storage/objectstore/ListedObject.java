package dev.colorstream.storage.objectstore;

import dev.colorstream.contract.ObjectAddress;
import java.time.Instant;

/**
 * An object as a listing tells of it.
 *
 * @param size in bytes
 * @param etag changes with the bytes; its form is the store's own
 * @param lastModified when it was stored, by the store's clock
 */
public record ListedObject(ObjectAddress address, long size, String etag, Instant lastModified) {}
