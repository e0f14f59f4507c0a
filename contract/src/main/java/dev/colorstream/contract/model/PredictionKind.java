package dev.colorstream.contract.model;

import java.util.Arrays;

/** What a network says of each place of a photo. */
public enum PredictionKind {
    /** A probability for each ab bin. */
    BIN_DISTRIBUTION("bin-distribution"),
    /** One ab value. */
    AB_PLANE("ab-plane");

    private final String wireName;

    PredictionKind(String wireName) {
        this.wireName = wireName;
    }

    /** The kind's name in manifests. */
    public String wireName() {
        return wireName;
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException for a name that is none
     */
    public static PredictionKind parse(String name) {
        return Arrays.stream(values())
                .filter(k -> k.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is no kind of prediction: known are bin-distribution and ab-plane"));
    }
}
