package dev.colorstream.storage.objectstore;

import java.util.Map;

/** What asking for an object's bytes gives. */
public sealed interface FetchOutcome {
    /**
     * The object.
     *
     * @param bytes all of them; the receiver's
     * @param contentType as it was stored, or what the store takes in its place
     * @param metadata what was stored with it, names in lower case
     */
    record Found(byte[] bytes, String contentType, Map<String, String> metadata) implements FetchOutcome {
        public Found {
            metadata = Map.copyOf(metadata);
        }
    }

    /** There is no such object, or no such bucket. */
    record Missing() implements FetchOutcome {}

    /**
     * The object has more bytes than were asked for.
     *
     * @param size in bytes; at least this, where the store does not tell
     */
    record TooLarge(long size) implements FetchOutcome {}
}
