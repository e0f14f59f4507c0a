package dev.colorstream.qa.faults.guarantees;

import java.util.ArrayList;
import java.util.List;

/** All that the workers promise. Used by one thread. */
public final class Guarantees {
    private final NoRequestLost noRequestLost = new NoRequestLost();
    private final OneVisibleResultPerRequest oneVisibleResult = new OneVisibleResultPerRequest();
    private final AcknowledgedOnlyWhenResultIsDurable acknowledged = new AcknowledgedOnlyWhenResultIsDurable();
    private final List<Guarantee> all =
            List.of(noRequestLost, oneVisibleResult, acknowledged, new NoDeadLetterForAnOutage());

    /** Takes something that was seen. */
    public void take(Event event) {
        all.forEach(guarantee -> guarantee.take(event));
    }

    /** Says that all results were taken that were there when the group was last seen. */
    public void judge() {
        acknowledged.judge();
    }

    /** Whether every request has its result and the group has done with all records. */
    public boolean allEnded() {
        return noRequestLost.open() == 0 && acknowledged.hasEnded();
    }

    /** How many requests have no result yet. */
    public int open() {
        return noRequestLost.open();
    }

    /** How many results repeat an earlier one. */
    public int repeated() {
        return oneVisibleResult.repeated();
    }

    /** What broke a promise, each with the promise's name; empty where all were kept. */
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        all.forEach(guarantee -> guarantee
                .violations()
                .forEach(what -> violations.add(guarantee.getClass().getSimpleName() + ": " + what)));
        return violations;
    }
}
