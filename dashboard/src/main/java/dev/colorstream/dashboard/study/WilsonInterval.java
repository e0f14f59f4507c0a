package dev.colorstream.dashboard.study;

/**
 * The interval that holds a share with 95 % confidence (E. B. Wilson, "Probable Inference, the Law of Succession, and
 * Statistical Inference", 1927): honest for few answers, too.
 *
 * @param low in [0,1]
 * @param high in [0,1], at least {@code low}
 */
public record WilsonInterval(double low, double high) {
    private static final double Z = 1.959963984540054;

    /**
     * The interval of a share.
     *
     * @param hits at least 0
     * @param trials at least {@code hits}; none say nothing, which is the interval from 0 to 1
     */
    public static WilsonInterval of(long hits, long trials) {
        if (hits < 0 || trials < hits) {
            throw new IllegalArgumentException(hits + " of " + trials + " is no share");
        }
        if (trials == 0) {
            return new WilsonInterval(0, 1);
        }
        double share = (double) hits / trials;
        double square = Z * Z / trials;
        double center = (share + square / 2) / (1 + square);
        double half = Z / (1 + square) * Math.sqrt(share * (1 - share) / trials + square / (4 * trials));
        return new WilsonInterval(Math.max(0, center - half), Math.min(1, center + half));
    }
}
