package dev.colorstream.trainer.connection;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A setting's value: by a flag, else by the environment; blank ones count as not set. */
final class Settings {
    private Settings() {}

    static Optional<String> first(@Nullable String flag, Map<String, String> environment, String variable) {
        return set(flag).or(() -> set(environment.get(variable)));
    }

    private static Optional<String> set(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }
}
