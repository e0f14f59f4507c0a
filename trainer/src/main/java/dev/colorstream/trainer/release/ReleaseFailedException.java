package dev.colorstream.trainer.release;

/** What was asked of the registry or of a channel cannot be done; the message names the version and the mend. */
public final class ReleaseFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReleaseFailedException(String message) {
        super(message);
    }
}
