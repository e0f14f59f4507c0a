package dev.colorstream.colorizer;

/** A network predicted values that are no numbers: its weights are broken, or its input was. */
public final class UnusablePredictionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusablePredictionException(String message) {
        super(message);
    }
}
