package dev.colorstream.dashboard.study;

import java.util.Locale;
import java.util.Optional;

/** What participants are asked. The answers of one are never counted with those of the other. */
public enum Mode {
    /** One photo at a time: plausible (1), or not (2)? */
    PLAUSIBLE(1),
    /** A real photo beside its colorized one, for a second: which has real colors, the left (1) or the right (2)? */
    PAIR(2);

    private final int images;

    Mode(int images) {
        this.images = images;
    }

    /** How many images a trial shows. */
    int images() {
        return images;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Mode> ofWireName(String name) {
        for (Mode mode : values()) {
            if (mode.wireName().equals(name)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
