package dev.colorstream.qa.faults.guarantees;

import java.util.List;

/** A promise of the workers: takes what is seen in the order in which it happened, and says at the end what broke it. */
public sealed interface Guarantee
        permits AcknowledgedOnlyWhenResultIsDurable,
                NoDeadLetterForAnOutage,
                NoRequestLost,
                OneVisibleResultPerRequest {
    /** Takes something that was seen. */
    void take(Event event);

    /** What broke the promise, one line each; empty where it was kept. To be asked when nothing more happens. */
    List<String> violations();
}
