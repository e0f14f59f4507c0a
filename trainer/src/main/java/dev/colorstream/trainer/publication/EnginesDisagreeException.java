package dev.colorstream.trainer.publication;

/** The file for one engine paints other colors than the file for the other; the message tells by how much. */
public final class EnginesDisagreeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnginesDisagreeException(String message) {
        super(message);
    }
}
