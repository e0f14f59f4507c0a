package dev.colorstream.contract.model;

import java.util.Arrays;

/** A name under which the version to serve is announced, so that versions change without a word to the clients. */
public enum Channel {
    STABLE("stable"),
    CANARY("canary");

    private final String wireName;

    Channel(String wireName) {
        this.wireName = wireName;
    }

    /** The channel's name in requests and as the key of its announcements. */
    public String wireName() {
        return wireName;
    }

    /**
     * The channel of that name.
     *
     * @throws IllegalArgumentException for a name that is none
     */
    public static Channel parse(String name) {
        return Arrays.stream(values())
                .filter(c -> c.wireName.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + name + "' is no channel: write stable or canary"));
    }
}
