package dev.colorstream.trainer.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.OnnxFile;
import dev.colorstream.colorizer.network.TrainableNetwork;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.ModelVersionWriter;
import dev.colorstream.trainer.TrainerMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ExportOnnxCommandTest {
    private static final Architecture ARCHITECTURE = Architecture.named("eccv16-small");
    private static final ModelVersionId VERSION = new ModelVersionId("untrained");
    private static final int SIZE = 32;

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    @Test
    void shouldAddTheFileToAVersionThatHasNone() throws IOException {
        // given
        ModelVersionFolder before = version(weights(1));

        // when
        int exit = export();

        // then
        assertThat(exit).as(errors.toString()).isEqualTo(CommandLine.ExitCode.OK);
        ModelVersionFolder after = ((Opened) ModelVersionFolder.open(before.folder())).version();
        assertThat(after.manifest().files())
                .containsAllEntriesOf(before.manifest().files())
                .containsKey("network.onnx")
                .hasSize(2);
        assertThat(before.folder().toFile().list())
                .containsExactlyInAnyOrder("network.zip", "network.onnx", "manifest.json");
    }

    @Test
    void shouldChangeNothingTheSecondTime() throws IOException {
        Path manifest = version(weights(1)).folder().resolve(ModelManifest.FILE_NAME);
        export();
        byte[] first = Files.readAllBytes(manifest);

        assertThat(export()).isEqualTo(CommandLine.ExitCode.OK);
        assertThat(Files.readAllBytes(manifest)).isEqualTo(first);
    }

    @Test
    void shouldRefuseAFolderThatIsNoVersion() {
        assertThat(export()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("untrained", "name the folder of a model version");
    }

    @Test
    void shouldRefuseAFileThatPaintsOtherColorsAndTellHowFarTheyLieApart() {
        // given: the file of one network, the weights of another
        Path file = folder.resolve("network.onnx");
        OnnxFile.write(file, ARCHITECTURE, weights(1), "one");

        assertThatThrownBy(() -> OnnxExport.requireAlike(file, ARCHITECTURE, weights(2), SIZE))
                .isInstanceOf(EnginesDisagreeException.class)
                .hasMessageContaining(file.toString())
                .hasMessageMatching(".* lie up to [0-9.]+ apart, not 0.0500");
    }

    private int export() {
        return TrainerMain.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute(
                        "export-onnx",
                        "--model",
                        folder.resolve(VERSION.value()).toString());
    }

    private ModelVersionFolder version(Weights weights) {
        ModelVersionWriter writer = new ModelVersionWriter(folder.resolve(VERSION.value()));
        writer.write(ModelVersionFolder.NETWORK, file -> NetworkFile.write(file, ARCHITECTURE, SIZE, weights));
        return writer.seal(files -> new ModelManifest(
                VERSION,
                ARCHITECTURE.name(),
                SIZE,
                PredictionKind.BIN_DISTRIBUTION,
                AbBins.COUNT,
                files,
                new ModelManifest.Training("none", Map.of(), 1, Optional.empty(), "unknown"),
                new ModelManifest.Environment("17", "Linux", "amd64"),
                Map.of("auc", 89.91243257585275),
                Instant.EPOCH));
    }

    private static Weights weights(long seed) {
        double[] uniform = new double[AbBins.COUNT];
        Arrays.fill(uniform, 1.0 / AbBins.COUNT);
        TrainableNetwork.Plan plan = new TrainableNetwork.Plan(1e-3, 1, 2, 0, 0, seed);
        try (TrainableNetwork network = TrainableNetwork.initialized(ARCHITECTURE, SIZE, plan, uniform)) {
            return network.averagedWeights();
        }
    }
}
