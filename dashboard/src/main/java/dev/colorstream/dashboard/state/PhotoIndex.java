package dev.colorstream.dashboard.state;

import java.time.Instant;

/** Keys that bring the photos of a job into the order in which pages show them: by status, the newest first. */
final class PhotoIndex {
    private static final char PART = '\0';

    private PhotoIndex() {}

    static String key(PhotoState photo) {
        return prefix(photo.scope(), photo.status()) + newestFirst(photo.changedAt()) + PART + photo.id();
    }

    /** What all keys of that job and status start with, and no other. */
    static String prefix(String scope, PhotoStatus status) {
        return scope + PART + status.wireName() + PART;
    }

    private static String newestFirst(Instant at) {
        return "%016x".formatted(Long.MAX_VALUE - at.toEpochMilli());
    }

    /** The id of the photo that the key stands for. */
    static String photo(String key) {
        // Request ids hold no control characters.
        return key.substring(key.lastIndexOf(PART) + 1);
    }
}
