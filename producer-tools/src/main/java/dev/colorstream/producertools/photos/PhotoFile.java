package dev.colorstream.producertools.photos;

import java.io.InputStream;

/**
 * A photo as it was found.
 *
 * @param name a safe relative path, parted by slashes, no two photos of a walk have the same
 * @param size in bytes as its folder or archive says; negative where it does not say
 * @param content its bytes, readable once and only while it is visited; the walk closes it
 */
public record PhotoFile(String name, long size, InputStream content) {}
