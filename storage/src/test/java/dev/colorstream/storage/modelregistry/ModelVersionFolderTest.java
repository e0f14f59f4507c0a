package dev.colorstream.storage.modelregistry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.FolderOutcome.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelVersionFolderTest {
    @TempDir
    Path directory;

    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = directory.resolve("v1");
    }

    @Test
    void shouldOpenWhatWasSealed() throws IOException {
        ModelVersionFolder sealed = sealVersion();

        Opened opened = (Opened) ModelVersionFolder.open(folder);

        assertThat(opened.version()).isEqualTo(sealed);
        assertThat(opened.version().file(ModelVersionFolder.NETWORK)).hasContent("weights");
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("network.zip", "MODEL_CARD.md", "manifest.json");
        }
    }

    @Test
    void shouldRefuseVersionThatWasNeverSealed() {
        ModelVersionWriter writer = new ModelVersionWriter(folder);
        writer.write(ModelVersionFolder.NETWORK, file -> Files.writeString(file, "weights"));

        assertThat(refusal()).contains("v1", "no finished model version");
    }

    @Test
    void shouldRefuseFolderThatIsNone() {
        assertThat(refusal()).contains("v1", "is no folder");
    }

    @Test
    void shouldRefuseChangedFile() throws IOException {
        sealVersion();
        Files.writeString(folder.resolve("network.zip"), "weightz");

        assertThat(refusal()).contains("network.zip", "SHA-256 differs");
    }

    @Test
    void shouldRefuseWhereFileIsMissing() throws IOException {
        sealVersion();
        Files.delete(folder.resolve("MODEL_CARD.md"));

        assertThat(refusal()).contains("MODEL_CARD.md", "is missing");
    }

    @Test
    void shouldRefuseManifestThatIsNone() throws IOException {
        sealVersion();
        Files.writeString(folder.resolve("manifest.json"), "{\"format\": 1}");

        assertThat(refusal()).contains("manifest.json", "cannot be read");
    }

    @Test
    void shouldRefuseManifestOfNewerForm() throws IOException {
        sealVersion();
        Files.writeString(folder.resolve("manifest.json"), "{\"format\": 99}");

        assertThat(refusal()).contains("manifest.json", "update");
    }

    @Test
    void shouldNotChangeFinishedVersion() {
        sealVersion();

        assertThatThrownBy(() -> new ModelVersionWriter(folder)).hasMessageContaining("versions never change");
    }

    @Test
    void shouldLeaveNoHalfFileUnderItsName() {
        ModelVersionWriter writer = new ModelVersionWriter(folder);

        assertThatThrownBy(() -> writer.write(ModelVersionFolder.NETWORK, file -> {
                    Files.write(file, "wei".getBytes(UTF_8));
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("network.zip");

        assertThat(folder.resolve("network.zip")).doesNotExist();
    }

    @Test
    void shouldNameFilesThatVersionHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sealVersion().file("network.onnx"))
                .withMessageContaining("network.zip");
    }

    @Test
    void shouldAddFileToFinishedVersion() throws IOException {
        ModelVersionFolder sealed = sealVersion();

        ModelVersionFolder extended =
                ModelVersionWriter.add(sealed, "network.onnx", file -> Files.writeString(file, "graph"));

        assertThat(((Opened) ModelVersionFolder.open(folder)).version()).isEqualTo(extended);
        assertThat(extended.file("network.onnx")).hasContent("graph");
        assertThat(extended.manifest().files())
                .containsAllEntriesOf(sealed.manifest().files())
                .hasSize(3);
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("network.zip", "MODEL_CARD.md", "network.onnx", "manifest.json");
    }

    @Test
    void shouldKeepFinishedVersionWhereAddedFileFails() {
        ModelVersionFolder sealed = sealVersion();

        assertThatThrownBy(() -> ModelVersionWriter.add(sealed, "network.onnx", file -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("network.onnx");

        assertThat(((Opened) ModelVersionFolder.open(folder)).version()).isEqualTo(sealed);
    }

    @Test
    void shouldNotReplaceFileOfFinishedVersion() {
        ModelVersionFolder sealed = sealVersion();

        assertThatThrownBy(
                        () -> ModelVersionWriter.add(sealed, "network.zip", file -> Files.writeString(file, "others")))
                .hasMessageContaining("files never change");

        assertThat(folder.resolve("network.zip")).hasContent("weights");
    }

    private ModelVersionFolder sealVersion() {
        ModelVersionWriter writer = new ModelVersionWriter(folder);
        for (String name : List.of("network.zip", "MODEL_CARD.md")) {
            writer.write(name, file -> Files.writeString(file, "weights"));
        }
        return writer.seal(ModelVersionFolderTest::manifest);
    }

    private String refusal() {
        return ((Refused) ModelVersionFolder.open(folder)).reason();
    }

    private static ModelManifest manifest(Map<String, String> files) {
        return new ModelManifest(
                new ModelVersionId("v1"),
                "eccv16-small",
                128,
                PredictionKind.BIN_DISTRIBUTION,
                313,
                files,
                new ModelManifest.Training("f00d", Map.of("epochs", "3"), 1, Optional.empty(), "unknown"),
                new ModelManifest.Environment("17", "Linux", "amd64"),
                Map.of("auc", 0.9),
                Instant.parse("2026-11-22T12:00:00Z"));
    }
}
