package dev.colorstream.trainer.gate;

/**
 * What a candidate must keep beside being better than what is served.
 *
 * @param mostBelowGray how many points of AuC it may lie below Gray, which paints nothing; 0 or more
 * @param leastColorful the least colorfulness, as a share of the real photos'
 * @param mostColorful the highest
 */
public record GateLimits(double mostBelowGray, double leastColorful, double mostColorful) {
    /** As docs/adr/0012 has them. */
    public static final GateLimits DEFAULT = new GateLimits(1, 0.6, 1.1);

    public GateLimits {
        if (!(mostBelowGray >= 0 && leastColorful >= 0 && mostColorful >= leastColorful)) {
            throw new IllegalArgumentException("the gate's limits are " + mostBelowGray + " below Gray and "
                    + leastColorful + " to " + mostColorful + ": write 0 or more, and the least before the most");
        }
    }
}
