package dev.colorstream.contract.model;

import java.util.Arrays;
import java.util.Optional;

/** Why a worker does not serve a version. */
public enum RefusalReason {
    /** The registry holds no such version. */
    UNKNOWN_VERSION("unknown-version"),
    /** A file is missing, or is not the one that the manifest names, or cannot be opened. */
    DAMAGED("damaged"),
    /** The manifest has a form that only newer workers read. */
    NEWER_MANIFEST("newer-manifest"),
    /** The manifest names a network that this worker cannot build, or has no file for its engine. */
    UNKNOWN_ARCHITECTURE("unknown-architecture"),
    /** The network predicts another number of bins than the manifest tells or than there are. */
    WRONG_BINS("wrong-bins"),
    /** A weight or a prediction is not a finite number. */
    NOT_FINITE("not-finite"),
    /** The network failed while it was warmed up. */
    WARM_UP_FAILED("warm-up-failed"),
    /** The network did not end its warm-up in the time that it has. */
    WARM_UP_TOO_LONG("warm-up-too-long"),
    /** What only newer versions of Colorstream know; the detail tells. */
    OTHER("other");

    private final String wireName;

    RefusalReason(String wireName) {
        this.wireName = wireName;
    }

    /** The reason's name in records and metrics. */
    public String wireName() {
        return wireName;
    }

    /** The reason of that name; empty for a name that this version does not know. */
    public static Optional<RefusalReason> ofWireName(String name) {
        return Arrays.stream(values()).filter(r -> r.wireName.equals(name)).findFirst();
    }
}
