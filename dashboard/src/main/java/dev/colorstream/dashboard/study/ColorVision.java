package dev.colorstream.dashboard.study;

import java.util.Locale;
import java.util.Optional;

/** What participants say of their own color vision, before they see a photo. */
public enum ColorVision {
    NORMAL,
    DEFICIENT,
    UNSAID;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ColorVision> ofWireName(String name) {
        for (ColorVision vision : values()) {
            if (vision.wireName().equals(name)) {
                return Optional.of(vision);
            }
        }
        return Optional.empty();
    }
}
