package dev.colorstream.worker;

import org.jspecify.annotations.Nullable;

/** The worker cannot start as things are; the message names what is wrong and the mend. */
final class StartRefusedException extends RuntimeException {
    static final int CONFIGURATION = 2;
    static final int MODEL = 3;
    static final int TOPICS = 4;
    static final int BROKER = 5;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    StartRefusedException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
