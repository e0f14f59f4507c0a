package dev.colorstream.dashboard.upload;

import org.jspecify.annotations.Nullable;

/** Kafka did not take what it was sent. */
public final class KafkaUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    KafkaUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
