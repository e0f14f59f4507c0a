package dev.colorstream.contract.model;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ModelVersionId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a model version; written last into its folder, so that a folder without it is no version.
 *
 * @param version the version's id and its folder's name
 * @param architecture the name of the network's description, for example {@code eccv16-small}
 * @param inputSize S: the network sees S x S luminance values, 8 or more
 * @param prediction what the network says of each place
 * @param bins how many ab bins it tells apart; 0 exactly for a prediction without bins
 * @param temperature of the annealed mean that suits the network best, chosen on photos that no training step saw, in (0,1];
 *     empty where none was chosen, and for a prediction without bins
 * @param files the SHA-256 of each file of the version, by its plain name, this manifest left out; not empty
 * @param training where the network comes from
 * @param environment where it was trained
 * @param metrics what the evaluation measured, by name; finite
 * @param createdAt when it was written
 */
public record ModelManifest(
        ModelVersionId version,
        String architecture,
        int inputSize,
        PredictionKind prediction,
        int bins,
        Optional<Double> temperature,
        Map<String, String> files,
        Training training,
        Environment environment,
        Map<String, Double> metrics,
        Instant createdAt) {
    /** The manifest's own name in the version's folder. */
    public static final String FILE_NAME = "manifest.json";

    /** The number of the manifest's form; a higher one means that fields changed their meaning. */
    public static final int FORMAT = 1;

    public ModelManifest {
        if (architecture.isBlank()) {
            throw new IllegalArgumentException("architecture is blank: name the network's description");
        }
        if (inputSize < 8) {
            throw new IllegalArgumentException("inputSize is " + inputSize + ": networks here see 8 x 8 or more");
        }
        if (bins < 0 || (prediction == PredictionKind.BIN_DISTRIBUTION) != (bins > 0)) {
            throw new IllegalArgumentException("bins is " + bins + " for a prediction of the kind "
                    + prediction.wireName() + ": bins are positive for a distribution, else 0");
        }
        temperature.ifPresent(t -> {
            if (!(t > 0 && t <= 1) || bins == 0) {
                throw new IllegalArgumentException(
                        "temperature is " + t + " for " + bins + " bins: it is in (0,1], and only for a distribution");
            }
        });
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files is empty: a version has at least its network");
        }
        files = Map.copyOf(new TreeMap<>(files));
        files.forEach((name, sha256) -> {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}") || name.equals(FILE_NAME)) {
                throw new IllegalArgumentException(
                        "'" + name + "' is no name for a version's file: letters, digits, '.', '_' and '-'");
            }
            if (!Hashes.isSha256Hex(sha256)) {
                throw new IllegalArgumentException(
                        "the SHA-256 of " + name + " is '" + sha256 + "': write 64 lower-case hexadecimal digits");
            }
        });
        metrics = Map.copyOf(metrics);
        metrics.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("metric " + name + " is " + value + ": metrics are finite");
            }
        });
    }

    /**
     * Where a network comes from.
     *
     * @param dataFingerprint a hash that changes with the training photos
     * @param hyperparameters by name
     * @param seed of all that was random
     * @param parent the version that training started from, if any
     * @param gitCommit of the trainer, {@code unknown} outside a repository
     */
    public record Training(
            String dataFingerprint,
            Map<String, String> hyperparameters,
            long seed,
            Optional<ModelVersionId> parent,
            String gitCommit) {
        public Training {
            hyperparameters = Map.copyOf(hyperparameters);
        }
    }

    /** The Java run-time, the operating system and the processor, as each names itself. */
    public record Environment(String java, String os, String cpu) {}
}
