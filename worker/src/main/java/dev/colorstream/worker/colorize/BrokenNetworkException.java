package dev.colorstream.worker.colorize;

/** The network fails on whatever it is given; the message tells on what it failed first. */
public final class BrokenNetworkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenNetworkException(String message, Throwable cause) {
        super(message, cause);
    }
}
