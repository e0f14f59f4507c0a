package dev.colorstream.storage.objectstore;

import org.jspecify.annotations.Nullable;

/**
 * The store did not answer, refused the caller, or failed. It says nothing about the object, so that asking again later is
 * right. The message names the endpoint and what was asked.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean ofObject;

    /** The store failed for an object; whether for others, too, it does not say. */
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        this(message, cause, true);
    }

    private StoreUnavailableException(String message, @Nullable Throwable cause, boolean ofObject) {
        super(message, cause);
        this.ofObject = ofObject;
    }

    /** Of no object in particular: the store was not asked at all, or is full. */
    public static StoreUnavailableException ofStore(String message, @Nullable Throwable cause) {
        return new StoreUnavailableException(message, cause, false);
    }

    /** Whether the store may have failed because of the object that it was asked about. */
    public boolean isOfObject() {
        return ofObject;
    }
}
