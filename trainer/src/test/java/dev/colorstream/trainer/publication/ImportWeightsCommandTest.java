package dev.colorstream.trainer.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.trainer.TrainerMain;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The resource was written by PyTorch 2.15 from a network of the port's shape at its full size, and its zip compressed; to
 * be small, all tensors are parts of one of 2.4 million values.
 */
final class ImportWeightsCommandTest {
    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    @Test
    void shouldMakeAModelVersionOfTheReleasedNetwork() throws IOException {
        // given
        Path file = folder.resolve("released.pth");
        try (InputStream released = getClass().getResourceAsStream("released.pth")) {
            Files.copy(Objects.requireNonNull(released), file);
        }

        // when
        int exit = importWeights(file);

        // then
        assertThat(exit).as(errors.toString()).isEqualTo(CommandLine.ExitCode.OK);
        try (Stream<Path> versions = Files.list(folder.resolve("models"))) {
            ModelVersionFolder version =
                    ((Opened) ModelVersionFolder.open(versions.findFirst().orElseThrow())).version();
            ModelManifest manifest = version.manifest();
            assertThat(manifest.version().value()).matches("eccv16-released-[0-9a-f]{8}-16");
            assertThat(manifest.architecture()).isEqualTo("eccv16");
            assertThat(manifest.bins()).isEqualTo(313);
            assertThat(manifest.temperature()).isEqualTo(Optional.of(1.0));
            assertThat(manifest.files()).containsOnlyKeys("network.zip", "network.onnx", "MODEL_CARD.md");
        }
    }

    @Test
    void shouldMakeNothingOfAFileThatIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("page.html"), "<html>Not found</html>");

        int exit = importWeights(file);

        assertThat(exit).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("page.html is no PyTorch file").hasLineCount(1);
        assertThat(folder.resolve("models")).doesNotExist();
    }

    private int importWeights(Path file) {
        return TrainerMain.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute(
                        "import-weights",
                        file.toString(),
                        "--models",
                        folder.resolve("models").toString(),
                        "--serving-size",
                        "16");
    }
}
