package dev.colorstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.abbins.SoftEncoding;
import dev.colorstream.contract.model.ManifestJson;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.trainer.SyntheticPhotos;
import dev.colorstream.trainer.TrainerMain;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.examples.PriorCounter;
import dev.colorstream.trainer.examples.PriorFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With a real network, trained for a moment. */
final class EvaluateCommandTest {
    @TempDir
    Path folder;

    private Path photos = Path.of(".");

    @BeforeEach
    void makePhotos() throws IOException {
        photos = SyntheticPhotos.folder(folder.resolve("photos"), 12);
    }

    /** Runs a command line of words and paths, with {@code %s} for each path. */
    private static int trainer(StringWriter errors, String line, Path... paths) {
        String[] words = line.formatted((Object[]) paths).split(" ");
        return TrainerMain.commandLine().setErr(new PrintWriter(errors, true)).execute(words);
    }

    @Test
    void shouldEvaluateTheVersionThatTrainingMakes() throws IOException {
        // given
        Path models = folder.resolve("models");
        StringWriter errors = new StringWriter();
        String shape = " --epochs 1 --batch-size 4 --input-size 32 --final-input-size 32 --validation-share 0.2";
        int trained = trainer(
                errors,
                "train %s --run %s --models %s --serving-size 48" + shape,
                photos,
                folder.resolve("run"),
                models);
        assertThat(trained).as(errors.toString()).isEqualTo(CommandLine.ExitCode.OK);
        Path version;
        try (Stream<Path> versions = Files.list(models)) {
            version = versions.findFirst().orElseThrow();
        }

        // when
        Path json = folder.resolve("evaluation.json");
        int evaluated = trainer(errors, "evaluate --model %s --json %s %s", version, json, photos);

        // then
        assertThat(ModelVersionFolder.open(version)).isInstanceOf(FolderOutcome.Opened.class);
        assertThat(version.toFile().list())
                .containsExactlyInAnyOrder(
                        "network.zip",
                        "network.onnx",
                        "prior.json",
                        "evaluation.json",
                        "contact-sheet.png",
                        "MODEL_CARD.md",
                        "manifest.json");
        assertThat(evaluated).as(errors.toString()).isEqualTo(CommandLine.ExitCode.OK);
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("inputSize").asInt()).isEqualTo(48);
        assertThat(report.get("model").asText()).isEqualTo(version.getFileName().toString());
    }

    @Test
    void shouldEvaluateTheBestNetworkOfATrainingRun() throws IOException {
        // given
        Path run = folder.resolve("run");
        StringWriter errors = new StringWriter();
        String shape = " --epochs 1 --batch-size 4 --input-size 32 --final-input-size 32 --validation-share 0.2";
        int trained = trainer(errors, "train %s --run %s --models %s" + shape, photos, run, folder.resolve("models"));
        assertThat(trained).as(errors.toString()).isEqualTo(CommandLine.ExitCode.OK);
        Path json = folder.resolve("evaluation.json");
        Path sheet = folder.resolve("sheet.png");

        // when
        String options = " --temperature 0.38 --temperature 1 --every 2 --json %s --contact-sheet %s %s";
        int evaluated =
                trainer(errors, "evaluate --model %s --training-photos %s" + options, run, photos, json, sheet, photos);

        // then
        assertThat(evaluated).as(errors.toString()).isEqualTo(CommandLine.ExitCode.OK);
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("inputSize").asInt()).isEqualTo(32);
        assertThat(report.get("photos").asInt()).isEqualTo(6);
        assertThat(report.get("network")).hasSize(2);
        assertThat(report.get("network").get(0).get("auc").asDouble()).isBetween(1.0, 100.0);
        assertThat(sheet).isNotEmptyFile();
    }

    @Test
    void shouldEvaluateAFusionNetworkWhateverTheTemperature() throws IOException {
        // given
        Path run = folder.resolve("run");
        Path models = folder.resolve("models");
        StringWriter errors = new StringWriter();
        String shape = " --epochs 1 --batch-size 4 --input-size 32 --final-input-size 32 --validation-share 0.2";
        int trained = trainer(errors, "train --variant fusion %s --run %s --models %s" + shape, photos, run, models);
        assertThat(trained).as(errors.toString()).isEqualTo(CommandLine.ExitCode.OK);
        Path version;
        try (Stream<Path> versions = Files.list(models)) {
            version = versions.findFirst().orElseThrow();
        }
        Path json = folder.resolve("evaluation.json");

        // when
        String options = " --temperature 0.38 --temperature 1 --json %s %s";
        int evaluated = trainer(errors, "evaluate --model %s" + options, version, json, photos);

        // then
        assertThat(evaluated).as(errors.toString()).isEqualTo(CommandLine.ExitCode.OK);
        ModelManifest manifest = ManifestJson.read(Files.readAllBytes(version.resolve("manifest.json")));
        assertThat(manifest.prediction()).isEqualTo(PredictionKind.AB_PLANE);
        assertThat(manifest.architecture()).isEqualTo("fusion-small");
        assertThat(manifest.training().hyperparameters()).containsEntry("variant", "fusion");
        assertThat(Files.readString(version.resolve("MODEL_CARD.md"))).contains("fusion", "one color a cell");
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).get("network");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get("name").asText()).isEqualTo("network");
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        StringWriter errors = new StringWriter();
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThat(trainer(errors, "evaluate --model %s %s", empty, photos)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("empty").contains("manifest.json");
        assertThat(trainer(errors, "evaluate --model %s --every 0 %s", empty, photos))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("--every 0");
    }

    @Test
    void shouldReadThePriorBackThatItsFileHolds() throws IOException {
        try (PhotoSource source = PhotoSource.open(photos);
                PreparedPhotos prepared = PreparedPhotos.prepare(source, 0)) {
            AbPrior prior = PriorCounter.count(prepared, new SoftEncoding(1));
            Path file = folder.resolve(PriorFile.NAME);

            PriorFile.write(file, prior);

            assertThat(PriorFile.read(file).probabilities()).containsExactly(prior.probabilities());
        }
    }
}
