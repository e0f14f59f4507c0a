package dev.colorstream.trainer.gate;

/** What the gate says of a candidate. */
public sealed interface GateDecision {
    /** Why, with the figures, in one line. */
    String reason();

    /** It may be served. */
    record Passed(String reason) implements GateDecision {}

    /** It is kept, and not served. */
    record Held(String reason) implements GateDecision {}
}
