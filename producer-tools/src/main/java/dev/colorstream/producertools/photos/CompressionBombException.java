package dev.colorstream.producertools.photos;

import java.io.IOException;

/** An archive unpacks to more than archives of photos do. */
final class CompressionBombException extends IOException {
    private static final long serialVersionUID = 1L;

    CompressionBombException(String message) {
        super(message + ", which no archive of photos does: unpack it yourself if you trust it");
    }
}
