package dev.colorstream.local.launcher;

import dev.colorstream.contract.model.ManifestJson;
import dev.colorstream.contract.model.ModelManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The folder with the networks that come with the repository, one folder a version.
 *
 * @param folder the folder {@code models}
 */
record ShippedModels(Path folder) {
    /**
     * The folder of the version that was made last.
     *
     * @throws IllegalArgumentException if there is none
     */
    Path newest() {
        return versions().stream()
                .max(Comparator.comparing(version -> manifest(version).createdAt()))
                .orElseThrow(() -> new IllegalArgumentException("No model version in " + folder
                        + ": train one (colorstream train) and name its folder with --model"));
    }

    private List<Path> versions() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(entry -> Files.exists(entry.resolve(ModelManifest.FILE_NAME)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    /** The manifest of the version in a folder. */
    static ModelManifest manifest(Path version) {
        Path file = version.resolve(ModelManifest.FILE_NAME);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(version + " is no model version: it has no " + ModelManifest.FILE_NAME);
        }
        try {
            return ManifestJson.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
