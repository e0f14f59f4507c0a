package dev.colorstream.storage.objectstore;

import dev.colorstream.contract.ObjectAddress;

/**
 * An object as a listing tells of it.
 *
 * @param size in bytes
 */
public record ListedObject(ObjectAddress address, long size) {}
