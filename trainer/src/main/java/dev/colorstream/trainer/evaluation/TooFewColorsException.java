package dev.colorstream.trainer.evaluation;

import java.io.IOException;

/** Of the photos to measure on fewer than two are readable and in color. */
public final class TooFewColorsException extends IOException {
    private static final long serialVersionUID = 1L;

    TooFewColorsException(String title, int photos) {
        super(title + ": fewer than two of the " + photos + " photos are readable and in color; give more");
    }
}
