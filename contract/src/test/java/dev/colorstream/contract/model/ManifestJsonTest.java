package dev.colorstream.contract.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest.Environment;
import dev.colorstream.contract.model.ModelManifest.Training;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestJsonTest {
    private static final ModelManifest MANIFEST = new ModelManifest(
            new ModelVersionId("2026-11-22.1"),
            "eccv16-small",
            128,
            PredictionKind.BIN_DISTRIBUTION,
            313,
            Map.of("network.zip", Hashes.sha256Hex(new byte[0]), "evaluation.json", Hashes.sha256Hex(new byte[1])),
            new Training(
                    "f00d",
                    Map.of("learningRate", "0.001", "batch", "32"),
                    -7,
                    Optional.of(new ModelVersionId("2026-11-21.4")),
                    "97041d5"),
            new Environment("17.0.12", "Linux 6.1", "x86-64 avx512"),
            Map.of("rebalancedAuc", 0.5678, "psnr", 23.0),
            Instant.parse("2026-11-22T21:00:00Z"));

    @Test
    void shouldReadAManifestAsItWasWritten() {
        assertThat(ManifestJson.read(ManifestJson.write(MANIFEST))).isEqualTo(MANIFEST);
    }

    @Test
    void shouldWriteTheSameManifestAsTheSameBytes() {
        assertThat(ManifestJson.write(ManifestJson.read(ManifestJson.write(MANIFEST))))
                .isEqualTo(ManifestJson.write(MANIFEST));
    }

    @Test
    void shouldPassOverWhatNewerWritersAdd() {
        String newer = json().replace("\"format\" : 1", "\"format\" : 1, \"licence\" : {\"name\" : \"x\"}");

        assertThat(ManifestJson.read(newer.getBytes(UTF_8))).isEqualTo(MANIFEST);
    }

    @Test
    void shouldAddAFileAndKeepAllElseThatTheManifestTells() {
        String newer = json().replace("\"format\" : 1", "\"format\" : 1, \"licence\" : {\"name\" : \"x\"}");
        String sha256 = Hashes.sha256Hex(new byte[2]);

        byte[] changed = ManifestJson.withFile(newer.getBytes(UTF_8), "network.onnx", sha256);

        assertThat(ManifestJson.read(changed).files())
                .containsAllEntriesOf(MANIFEST.files())
                .containsEntry("network.onnx", sha256)
                .hasSize(3);
        assertThat(new String(changed, UTF_8).replaceAll("\\s+\"network.onnx\"[^,]*,", ""))
                .isEqualToIgnoringWhitespace(newer);
    }

    @Test
    void shouldAddNoFileOfAnImpossibleName() {
        assertThatThrownBy(() -> ManifestJson.withFile(
                        ManifestJson.write(MANIFEST), "../network.onnx", Hashes.sha256Hex(new byte[2])))
                .isInstanceOf(MalformedManifestException.class)
                .hasMessageContaining("../network.onnx");
    }

    @Test
    void shouldRefuseAFormatThatItDoesNotKnow() {
        String newer = json().replace("\"format\" : 1", "\"format\" : 2");

        assertThatThrownBy(() -> ManifestJson.read(newer.getBytes(UTF_8)))
                .isInstanceOf(NewerManifestException.class)
                .hasMessageContaining("format 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"network.zip\"|\"../network.zip\"|'../network.zip' is no name",
                "\"network.zip\"|\"manifest.json\"|'manifest.json' is no name",
                "e3b0c442|E3B0C442|SHA-256 of network.zip",
                "\"bins\" : 313|\"bins\" : 0|bins is 0",
                "\"bins\" : 313|\"bins\" : \"many\"|'bins' is \"many\"",
                "\"inputSize\" : 128|\"inputSize\" : 0|inputSize is 0",
                "\"prediction\" : \"bin-distribution\"|\"prediction\" : \"guess\"|'prediction': 'guess'",
                "\"prediction\" : \"bin-distribution\"|\"prediction\" : \"ab-plane\"|bins is 313",
                "\"psnr\" : 23.0|\"psnr\" : 1e999|'metrics.psnr'",
                "\"version\"|\"vision\"|'version' is missing",
                "\"parent\" : \"2026|\"parent\" : \"/2026|'training.parent'",
            })
    void shouldNameWhatIsWrongWithAManifest(String right, String wrong, String complaint) {
        assertThat(json()).contains(right);

        assertThatThrownBy(() -> ManifestJson.read(json().replace(right, wrong).getBytes(UTF_8)))
                .isInstanceOf(MalformedManifestException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldRefuseATruncatedManifest() {
        byte[] half = json().substring(0, 100).getBytes(UTF_8);

        assertThatThrownBy(() -> ManifestJson.read(half)).isInstanceOf(MalformedManifestException.class);
    }

    private static String json() {
        return new String(ManifestJson.write(MANIFEST), UTF_8);
    }
}
