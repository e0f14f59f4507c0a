package dev.colorstream.trainer.gate;

import dev.colorstream.trainer.evaluation.WeighedArea;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Judges a candidate by what it and the serving version scored on the same photos. It passes where its rebalanced AuC is
 * higher beyond chance, and its AuC and its colorfulness keep the limits. Equal figures give equal decisions.
 */
public final class Gate {
    private static final int RESAMPLES = 2000;
    private static final double TAIL = 0.025;
    private static final long SEED = 1;

    private final GateLimits limits;

    public Gate(GateLimits limits) {
        this.limits = limits;
    }

    /**
     * What a version scored.
     *
     * @param name the version's
     * @param auc in percent
     * @param colorfulness as a share of the real photos'
     * @param rebalanced what each photo adds to the rebalanced AuC; at least one photo
     */
    public record Scored(String name, double auc, double colorfulness, List<WeighedArea> rebalanced) {
        public Scored {
            rebalanced = List.copyOf(rebalanced);
            if (rebalanced.isEmpty()) {
                throw new IllegalArgumentException(name + " was measured on no photo");
            }
        }
    }

    /**
     * Decides.
     *
     * @param serving on the same photos in the same order; none where nothing is served yet
     * @param grayAuc of painting nothing, in percent
     */
    public GateDecision judge(Scored candidate, Optional<Scored> serving, double grayAuc) {
        List<String> kept = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        serving.ifPresent(served -> {
            Interval gain = gain(candidate.rebalanced(), served.rebalanced());
            (gain.low() > 0 ? kept : broken).add(better(candidate, served, gain));
        });
        if (serving.isEmpty()) {
            kept.add(text("rebalanced AuC %.2f, the first version", mean(candidate.rebalanced())));
        }
        boolean isNearGray = candidate.auc() >= grayAuc - limits.mostBelowGray();
        (isNearGray ? kept : broken)
                .add(text(
                        "AuC %.2f (Gray %.2f, at most %.2f below)", candidate.auc(), grayAuc, limits.mostBelowGray()));
        boolean isNatural =
                candidate.colorfulness() >= limits.leastColorful() && candidate.colorfulness() <= limits.mostColorful();
        (isNatural ? kept : broken)
                .add(text(
                        "colorfulness %.3f of real (%.2f to %.2f)",
                        candidate.colorfulness(), limits.leastColorful(), limits.mostColorful()));
        String rest = kept.isEmpty() ? "" : "; kept: " + String.join(", ", kept);
        return broken.isEmpty()
                ? new GateDecision.Passed(candidate.name() + " passes: " + String.join(", ", kept))
                : new GateDecision.Held(candidate.name() + " is held for its " + String.join(", ", broken) + rest);
    }

    private static String better(Scored candidate, Scored served, Interval gain) {
        return text(
                "rebalanced AuC %.2f after %.2f of %s (95 %% of resamples gain %+.2f to %+.2f, %d photos)",
                mean(candidate.rebalanced()),
                mean(served.rebalanced()),
                served.name(),
                gain.low(),
                gain.high(),
                candidate.rebalanced().size());
    }

    private record Interval(double low, double high) {}

    /** How much higher the first area is than the second, by paired resampling of the photos (Efron 1979). */
    private static Interval gain(List<WeighedArea> candidate, List<WeighedArea> serving) {
        int photos = candidate.size();
        if (serving.size() != photos) {
            throw new IllegalArgumentException(
                    "measured on " + photos + " and on " + serving.size() + " photos: they must be the same");
        }
        Random random = new Random(SEED);
        double[] gains = new double[RESAMPLES];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            double area = 0;
            double weight = 0;
            double servedArea = 0;
            double servedWeight = 0;
            for (int i = 0; i < photos; i++) {
                int drawn = random.nextInt(photos);
                area += candidate.get(drawn).area();
                weight += candidate.get(drawn).weight();
                servedArea += serving.get(drawn).area();
                servedWeight += serving.get(drawn).weight();
            }
            gains[resample] = area / weight - servedArea / servedWeight;
        }
        Arrays.sort(gains);
        int cut = (int) (TAIL * RESAMPLES);
        return new Interval(gains[cut], gains[RESAMPLES - 1 - cut]);
    }

    private static double mean(List<WeighedArea> photos) {
        return photos.stream().mapToDouble(WeighedArea::area).sum()
                / photos.stream().mapToDouble(WeighedArea::weight).sum();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
