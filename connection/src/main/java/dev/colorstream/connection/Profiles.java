package dev.colorstream.connection;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Named sets of connection settings, for several clusters: lines {@code PROFILE.SETTING = VALUE} in a properties file.
 *
 * <p>A profile that a flag names goes before the environment; one that the environment names, or the profile {@code default},
 * behind it. Secrets are named by their files.
 */
final class Profiles {
    private static final String DEFAULT = "default";
    private static final Map<String, String> VARIABLES = Map.of(
            "kafka", ConnectionNames.KAFKA_VARIABLE,
            "kafka-properties", ConnectionNames.KAFKA_PROPERTIES_VARIABLE,
            "s3", ConnectionNames.S3_VARIABLE,
            "s3-region", ConnectionNames.S3_REGION_VARIABLE,
            "s3-access-key", ConnectionNames.S3_ACCESS_KEY_VARIABLE,
            "s3-secret-key-file", ConnectionNames.S3_SECRET_KEY_FILE_VARIABLE,
            "s3-certificates", ConnectionNames.S3_CERTIFICATES_VARIABLE);

    private Profiles() {}

    /**
     * The environment, completed by the profile.
     *
     * @param flag the profile that a flag names, if one does
     * @throws ConnectionFailedException when the file cannot be read, or has no such profile, or an unknown setting
     */
    static Map<String, String> complete(Map<String, String> environment, @Nullable String flag) {
        Optional<String> named = Optional.ofNullable(flag)
                .or(() -> Optional.ofNullable(environment.get(ConnectionNames.PROFILE_VARIABLE)));
        Path file = file(environment);
        if (named.isEmpty() && !Files.exists(file)) {
            return environment;
        }
        String profile = named.orElse(DEFAULT);
        Map<String, String> settings = settings(file, profile);
        if (settings.isEmpty() && named.isPresent()) {
            throw new ConnectionFailedException(
                    "there is no profile '" + profile + "' in " + file + ": write lines like " + profile
                            + ".kafka = host:9092",
                    null);
        }
        Map<String, String> complete = new HashMap<>(flag == null ? settings : environment);
        if (flag != null && settings.containsKey(ConnectionNames.S3_SECRET_KEY_FILE_VARIABLE)) {
            complete.remove(ConnectionNames.S3_SECRET_KEY_VARIABLE);
        }
        (flag == null ? environment : settings).forEach((name, value) -> {
            if (!value.isBlank()) {
                complete.put(name, value);
            }
        });
        return complete;
    }

    private static Path file(Map<String, String> environment) {
        String named = environment.get(ConnectionNames.PROFILES_FILE_VARIABLE);
        return named != null
                ? Path.of(named)
                : Path.of(environment.getOrDefault("HOME", ""), ".colorstream", "profiles.properties");
    }

    private static Map<String, String> settings(Path file, String profile) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException e) {
            throw new ConnectionFailedException(
                    "cannot read the profiles " + file + " (" + e.getClass().getSimpleName() + "): mend "
                            + ConnectionNames.PROFILES_FILE_VARIABLE,
                    e);
        }
        Map<String, String> settings = new HashMap<>();
        for (String name : read.stringPropertyNames()) {
            String setting = name.substring(name.lastIndexOf('.') + 1);
            String variable = VARIABLES.get(setting);
            if (variable == null || setting.length() == name.length()) {
                throw new ConnectionFailedException(
                        "unknown setting '" + name + "' in " + file + ": write PROFILE.SETTING, settings are "
                                + String.join(", ", sorted()),
                        null);
            }
            if (name.equals(profile + "." + setting)) {
                settings.put(variable, read.getProperty(name));
            }
        }
        return settings;
    }

    private static Set<String> sorted() {
        return new TreeSet<>(VARIABLES.keySet());
    }
}
