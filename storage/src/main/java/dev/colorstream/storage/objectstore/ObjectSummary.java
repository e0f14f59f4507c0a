package dev.colorstream.storage.objectstore;

import java.util.Map;

/**
 * What a store knows of an object beside its bytes.
 *
 * @param size in bytes
 * @param etag changes with the bytes; its form is the store's own
 * @param metadata what was stored with it, names in lower case
 */
public record ObjectSummary(long size, String etag, Map<String, String> metadata) {
    public ObjectSummary {
        metadata = Map.copyOf(metadata);
    }
}
