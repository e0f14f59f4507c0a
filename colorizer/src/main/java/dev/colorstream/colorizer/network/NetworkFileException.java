package dev.colorstream.colorizer.network;

/** A network file cannot be read, or does not hold what its architecture asks for; the message names the file. */
public final class NetworkFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NetworkFileException(String message) {
        super(message);
    }

    NetworkFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
