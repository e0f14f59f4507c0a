package dev.colorstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.trainer.Installation.Run;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.publication.VersionMaker;
import dev.colorstream.trainer.training.TrainingOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code trainer train} refuses; nothing is begun then. */
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

    @Test
    void shouldMeasureOnNoPhotoThatItTrainsOn() {
        Run run = train("--test", photos.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("photos: fewer than two of the 0 photos").hasLineCount(1);
    }

    @Test
    void shouldSayBeforeItTrainsThatThereIsTooLittleColorToChooseBy() throws IOException {
        for (int i = 0; i < 4; i++) {
            BufferedImage gray = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
            gray.getRaster().setSample(0, 0, 0, i);
            Files.write(photos.resolve("gray" + i + ".png"), SyntheticPhotos.png(gray));
        }
        Files.move(photos.resolve("field"), directory.resolve("elsewhere"));
        Files.move(photos.resolve("desert"), directory.resolve("elsewhere, too"));

        Run run = train("--validation-share", "0.9");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("the validation photos: fewer than two of the", "in color; give more")
                .hasLineCount(1);
    }

    @Test
    void shouldSayBeforeItTrainsThatItsVersionIsThere() throws IOException {
        // given
        TrainingOptions options = new TrainingOptions();
        new CommandLine(options).parseArgs();
        try (PhotoSource source = PhotoSource.open(photos);
                PreparedPhotos prepared =
                        PreparedPhotos.prepare(source, options.settings().validationShare())) {
            String id = new VersionMaker(directory, options.serving(), Clock.systemUTC())
                    .id(options.settings(), Optional.empty(), prepared.fingerprint())
                    .value();
            Installation.version(directory.resolve("models"), id, Instant.EPOCH);
        }

        // when
        Run run = train("--models", directory.resolve("models").toString());

        // then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("versions never change", "--models").hasLineCount(1);
    }

    private Run train(String... further) {
        List<String> words = new ArrayList<>(List.of(
                "train", photos.toString(), "--run", directory.resolve("run").toString()));
        words.addAll(List.of(further));
        return Installation.run(Map.of(), words.toArray(String[]::new));
    }

    private Run trainFrom(Path parent, String... further) {
        List<String> words = new ArrayList<>(List.of(
                "train", photos.toString(), "--run", directory.resolve("run").toString(), "--from", parent.toString()));
        words.addAll(List.of(further));
        return Installation.run(Map.of(), words.toArray(String[]::new));
    }
}
