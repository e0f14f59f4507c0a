package dev.colorstream.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ManifestJson;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShippedModelsTest {
    @TempDir
    Path models;

    @Test
    void shouldChooseTheVersionMadeLastWhateverItsName() throws IOException {
        version("b", Instant.parse("2026-01-01T00:00:00Z"));
        version("a", Instant.parse("2026-03-01T00:00:00Z"));
        version("c", Instant.parse("2026-02-01T00:00:00Z"));

        assertThat(new ShippedModels(models).newest()).isEqualTo(models.resolve("a"));
    }

    @Test
    void shouldNotTakeFolderWithoutManifestForAVersion() throws IOException {
        Files.createDirectories(models.resolve("unfinished"));
        Files.writeString(models.resolve("README.md"), "text");

        assertThatThrownBy(() -> new ShippedModels(models).newest())
                .hasMessageContaining("No model version in " + models)
                .hasMessageContaining("--model");
    }

    @Test
    void shouldTellTheMendWhereThereAreNoModelsAtAll() {
        assertThatThrownBy(() -> new ShippedModels(models.resolve("missing")).newest())
                .hasMessageContaining("--model");
    }

    @Test
    void shouldNameFolderThatIsNoVersion() {
        assertThatThrownBy(() -> ShippedModels.manifest(models.resolve("typo")))
                .hasMessageContaining("typo is no model version");
    }

    private void version(String name, Instant createdAt) throws IOException {
        var manifest = new ModelManifest(
                new ModelVersionId(name),
                "eccv16-small",
                128,
                PredictionKind.BIN_DISTRIBUTION,
                313,
                Optional.empty(),
                Map.of("network.zip", "0".repeat(64)),
                new ModelManifest.Training("photos", Map.of(), 1, Optional.empty(), "unknown"),
                new ModelManifest.Environment("17", "Linux", "x86-64"),
                Map.of(),
                createdAt);
        Path folder = Files.createDirectories(models.resolve(name));
        Files.write(folder.resolve(ModelManifest.FILE_NAME), ManifestJson.write(manifest));
    }
}
