package dev.colorstream.dashboard.study;

/** A study cannot be made; the message says why, and the mend. */
final class StudyFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StudyFailedException(String message) {
        super(message);
    }
}
