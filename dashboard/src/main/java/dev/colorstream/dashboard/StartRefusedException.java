package dev.colorstream.dashboard;

/** The dashboard cannot start as things are; the message says what to mend. */
public final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartRefusedException(String message) {
        super(message);
    }
}
