package dev.colorstream.dashboard.state;

import java.util.Arrays;
import java.util.Optional;

/** Where a photo is on its way. */
public enum PhotoStatus {
    /** Asked for, and not ended. */
    WAITING("waiting"),
    COLORED("colored"),
    FAILED("failed");

    private final String wireName;

    PhotoStatus(String wireName) {
        this.wireName = wireName;
    }

    /** Its name in the API and in stores. */
    public String wireName() {
        return wireName;
    }

    /** The status of that name, if there is one. */
    public static Optional<PhotoStatus> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName.equals(name))
                .findFirst();
    }
}
