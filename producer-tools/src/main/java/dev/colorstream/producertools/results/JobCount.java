package dev.colorstream.producertools.results;

/**
 * How far a job is; submitted = colored + failed + pending, always.
 *
 * @param submitted photos that were asked for
 * @param colored of them
 * @param failed of them
 */
public record JobCount(long submitted, long colored, long failed) {
    public JobCount {
        if (colored < 0 || failed < 0 || colored + failed > submitted) {
            throw new IllegalArgumentException(
                    colored + " colored and " + failed + " failed do not go into " + submitted + " submitted");
        }
    }

    /** Photos without a result. */
    public long pending() {
        return submitted - colored - failed;
    }

    /** Photos with a result. */
    public long done() {
        return colored + failed;
    }

    @Override
    public String toString() {
        return submitted + " submitted = " + colored + " colored + " + failed + " failed + " + pending() + " pending";
    }
}
