package dev.colorstream.connection;

import org.jspecify.annotations.Nullable;

/** Kafka or S3 cannot be used as configured; the message names the address and the mend, and is meant for people. */
public final class ConnectionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConnectionFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
