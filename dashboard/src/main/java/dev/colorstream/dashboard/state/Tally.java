package dev.colorstream.dashboard.state;

import dev.colorstream.contract.FailureReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/**
 * How many photos stand where; a difference of two has negative counts.
 *
 * @param waiting asked for, and not ended
 * @param failed by reason, none of them 0
 */
public record Tally(long waiting, long colored, Map<FailureReason, Long> failed) {
    /** No photos. */
    public static final Tally NONE = new Tally(0, 0, Map.of());

    public Tally {
        failed = Map.copyOf(failed);
    }

    /** All photos. */
    public long photos() {
        return waiting + colored + failures();
    }

    /** The failed photos, whatever the reason. */
    public long failures() {
        return failed.values().stream().mapToLong(Long::longValue).sum();
    }

    public Tally plus(Tally other) {
        return combined(other, Long::sum);
    }

    public Tally minus(Tally other) {
        return combined(other, (mine, others) -> mine - others);
    }

    private Tally combined(Tally other, LongBinaryOperator operator) {
        Map<FailureReason, Long> reasons = new EnumMap<>(FailureReason.class);
        for (FailureReason reason : FailureReason.values()) {
            long count = operator.applyAsLong(failed.getOrDefault(reason, 0L), other.failed.getOrDefault(reason, 0L));
            if (count != 0) {
                reasons.put(reason, count);
            }
        }
        return new Tally(
                operator.applyAsLong(waiting, other.waiting), operator.applyAsLong(colored, other.colored), reasons);
    }
}
