package dev.colorstream.trainer.training;

import java.io.IOException;

/** The loss of a training step is no finite number, so that training on is useless; the message tells the step. */
public final class LossNotFiniteException extends IOException {
    private static final long serialVersionUID = 1L;

    LossNotFiniteException(String message) {
        super(message);
    }
}
