package dev.colorstream.worker.decode;

import dev.colorstream.worker.stage.Lane;

/** Shares of a pixel budget for tests of other stages. */
public final class Shares {
    private Shares() {}

    public static PixelBudget.Share of(PixelBudget budget, int pixels) {
        try {
            return budget.take(Lane.BULK, pixels);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
