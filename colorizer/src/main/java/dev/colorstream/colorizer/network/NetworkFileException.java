package dev.colorstream.colorizer.network;

/** A network file cannot be read, or does not hold what its architecture asks for; the message names the file. */
public final class NetworkFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /** What is wrong with a file. */
    public enum Fault {
        /** It is damaged, or no network of its architecture. */
        UNREADABLE,
        /** Its network predicts something else than it should: another number of bins, for example. */
        WRONG_PREDICTION,
        /** It holds weights that are no finite numbers. */
        NOT_FINITE
    }

    NetworkFileException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    NetworkFileException(String message, Throwable cause) {
        super(message, cause);
        this.fault = Fault.UNREADABLE;
    }

    /** What is wrong. */
    public Fault fault() {
        return fault;
    }
}
