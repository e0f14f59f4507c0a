package dev.colorstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.trainer.Installation.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code trainer train --from} does not go on from; nothing is begun then. */
final class TrainCommandTest {
    @TempDir
    private Path directory;

    private Path photos = Path.of("");
    private Path version = Path.of("");

    @BeforeEach
    void makeAVersion() throws IOException {
        photos = SyntheticPhotos.folder(directory.resolve("photos"), 4);
        version = Installation.version(directory.resolve("models"), "eccv16-small-1", Instant.EPOCH)
                .folder();
    }

    @AfterEach
    void nothingIsBegun() {
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void shouldNameTheFolderThatHoldsNoVersion() {
        Run run = trainFrom(directory.resolve("nowhere"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("trainer: cannot begin with --from")
                .contains("nowhere")
                .hasLineCount(1);
    }

    @Test
    void shouldNameTheDamagedFile() throws IOException {
        Files.writeString(version.resolve(ModelVersionFolder.NETWORK), "something else");

        Run run = trainFrom(version);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("cannot begin with --from", ModelVersionFolder.NETWORK)
                .hasLineCount(1);
    }

    @Test
    void shouldRefuseAVersionOfAnotherArchitecture() {
        Run run = trainFrom(version, "--architecture", "eccv16");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(version.toString(), "another architecture", "eccv16, rebalanced")
                .hasLineCount(1);
    }

    @Test
    void shouldRefuseAVersionThatPredictsSomethingElse() {
        Run run = trainFrom(version, "--variant", "regression");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(version.toString(), "another architecture or variant", "regression")
                .hasLineCount(1);
    }

    private Run trainFrom(Path parent, String... further) {
        List<String> words = new ArrayList<>(List.of(
                "train", photos.toString(), "--run", directory.resolve("run").toString(), "--from", parent.toString()));
        words.addAll(List.of(further));
        return Installation.run(Map.of(), words.toArray(String[]::new));
    }
}
