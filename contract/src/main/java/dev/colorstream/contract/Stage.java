package dev.colorstream.contract;

import java.util.Arrays;
import java.util.Optional;

/** A stage of the worker's pipeline, in the order that a photo passes them. */
public enum Stage {
    CONSUMER("consumer"),
    FETCH("fetch"),
    DECODE("decode"),
    MICROBATCH("microbatch"),
    COLORIZE("colorize"),
    ENCODE("encode"),
    DELIVER("deliver");

    private final String wireName;

    Stage(String wireName) {
        this.wireName = wireName;
    }

    /** The stage's name in records and metrics. */
    public String wireName() {
        return wireName;
    }

    /** The stage of that name; empty for a name that this version does not know. */
    public static Optional<Stage> ofWireName(String name) {
        return Arrays.stream(values()).filter(s -> s.wireName.equals(name)).findFirst();
    }
}
