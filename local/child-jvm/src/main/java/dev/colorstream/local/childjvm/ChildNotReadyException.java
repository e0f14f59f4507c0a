package dev.colorstream.local.childjvm;

/** A child process ended, or its time was up, before it said that it is ready. */
public final class ChildNotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChildNotReadyException(String message) {
        super(message);
    }
}
