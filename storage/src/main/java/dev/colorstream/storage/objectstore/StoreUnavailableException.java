package dev.colorstream.storage.objectstore;

import org.jspecify.annotations.Nullable;

/**
 * The store did not answer, refused the caller, or failed. It says nothing about the object, so that asking again later is
 * right. The message names the endpoint and what was asked.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
