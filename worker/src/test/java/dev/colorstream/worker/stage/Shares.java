package dev.colorstream.worker.stage;

/** Shares of a budget for tests of other stages. */
public final class Shares {
    private Shares() {}

    public static Budget.Share of(Budget budget, int wanted) {
        try {
            return budget.take(Lane.BULK, wanted);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
