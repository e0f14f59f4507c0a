package dev.colorstream.worker.consumer;

/**
 * What becomes of a record that is delivered again and again: something in it may end the worker each time.
 *
 * @param aloneFrom from this delivery on it is a suspect, moved to a topic of its own and worked on alone, so that it harms
 *     no other
 * @param refusedFrom from this delivery on it is not worked on any more
 */
public record PoisonRule(int aloneFrom, int refusedFrom) {
    /** Two deliveries among others, three alone. */
    public static final PoisonRule DEFAULT = new PoisonRule(3, 6);

    public PoisonRule {
        if (aloneFrom < 2 || refusedFrom < aloneFrom) {
            throw new IllegalArgumentException(
                    "alone from delivery " + aloneFrom + ", refused from " + refusedFrom + " is no order");
        }
    }

    /** How a delivery is treated. */
    enum Treatment {
        TOGETHER,
        ALONE,
        REFUSED
    }

    Treatment treatment(int attempt) {
        if (attempt >= refusedFrom) {
            return Treatment.REFUSED;
        }
        return attempt >= aloneFrom ? Treatment.ALONE : Treatment.TOGETHER;
    }
}
