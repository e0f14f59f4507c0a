package dev.colorstream.worker.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.worker.configuration.ConfigOutcome.Configured;
import dev.colorstream.worker.configuration.ConfigOutcome.HelpWanted;
import dev.colorstream.worker.configuration.ConfigOutcome.Misconfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
    private static final Map<String, String> NEEDED = Map.of(
            "COLORSTREAM_MODEL", "models/v1",
            "COLORSTREAM_S3_ACCESS_KEY", "reader",
            "COLORSTREAM_S3_SECRET_KEY", "hush");

    @TempDir
    Path directory;

    @Test
    void shouldTakeDefaultsForAllButModelAndKeys() {
        WorkerConfig config = configured(NEEDED);

        assertThat(config.models())
                .isEqualTo(new WorkerConfig.Models(Optional.of(Path.of("models/v1")), 3, Duration.ofMinutes(5)));
        assertThat(config.engine()).isEqualTo(Engine.AUTO);
        assertThat(config.kafka()).containsEntry("bootstrap.servers", "localhost:9092");
        assertThat(config.store().endpoint()).isEqualTo("http://localhost:9000");
        assertThat(config.buckets()).containsExactly("uploads");
        assertThat(config.consumers()).isEqualTo(3);
        assertThat(config.batch()).isEqualTo(new WorkerConfig.Batch(8, Duration.ofMillis(50)));
        assertThat(config.limits().pixelBudget()).isBetween(1, 64_000_000);
        assertThat(config.shutdownGrace()).isEqualTo(Duration.ofSeconds(25));
        assertThat(config.http()).isEqualTo(new WorkerConfig.Http("127.0.0.1", 0));
    }

    @Test
    void shouldRunAsManyPassesAsTheProcessorsHold() {
        int processors = Runtime.getRuntime().availableProcessors();
        Map<String, String> oneThreadEach = new HashMap<>(NEEDED);
        oneThreadEach.put("OMP_NUM_THREADS", "1");

        assertThat(configured(NEEDED).threads().colorize()).isEqualTo(1);
        assertThat(configured(oneThreadEach).threads().colorize()).isEqualTo(processors);
        assertThat(configured(oneThreadEach, "--colorize-threads", "7")
                        .threads()
                        .colorize())
                .isEqualTo(7);
    }

    @Test
    void shouldPutFlagBeforeEnvironmentBeforeFileBeforeDefault() throws IOException {
        // given
        Path file = Files.writeString(
                directory.resolve("worker.properties"), "batch = 5\nwindow = 6\nconsumers = 7\nbuckets =\n");
        Map<String, String> environment = new HashMap<>(NEEDED);
        environment.put("COLORSTREAM_CONFIG", file.toString());
        environment.put("COLORSTREAM_WINDOW", "60");
        environment.put("COLORSTREAM_CONSUMERS", "2");

        // when
        WorkerConfig config = configured(environment, "--consumers", "1");

        // then
        assertThat(config.batch().size()).isEqualTo(5);
        assertThat(config.window()).isEqualTo(60);
        assertThat(config.consumers()).isEqualTo(1);
        assertThat(config.buckets()).containsExactly("uploads");
    }

    @Test
    void shouldTellOfEverythingThatIsWrongInAFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("worker.properties"), "--batch = 5\nconsumres = 7\nconfig = other\nwindow = no\n");

        Misconfigured wrong = (Misconfigured) ConfigReader.read(new String[] {"--config", file.toString()}, NEEDED);

        assertThat(wrong.problems())
                .hasSize(4)
                .anyMatch(problem -> problem.contains("'--batch'") && problem.contains(file.toString()))
                .anyMatch(problem -> problem.contains("'consumres'"))
                .anyMatch(problem -> problem.contains("'config'"))
                .anyMatch(problem -> problem.contains("--window") && problem.contains("'no'"));
    }

    @Test
    void shouldTellOfAFileThatIsNotThere() {
        Misconfigured wrong = (Misconfigured) ConfigReader.read(
                new String[] {"--config", directory.resolve("none").toString()}, NEEDED);

        assertThat(wrong.problems()).singleElement().asString().contains("--config", "none", "cannot be read");
    }

    @Test
    void shouldPutFlagBeforeEnvironment() {
        Map<String, String> environment = new HashMap<>(NEEDED);
        environment.put("COLORSTREAM_BATCH", "8");
        environment.put("COLORSTREAM_CONSUMERS", "2");

        WorkerConfig config = configured(environment, "--batch", "4", "--model=elsewhere");

        assertThat(config.batch().size()).isEqualTo(4);
        assertThat(config.consumers()).isEqualTo(2);
        assertThat(config.models().folder()).contains(Path.of("elsewhere"));
    }

    @Test
    void shouldTakeEveryEngineByItsNameAndNameThemForAnother() {
        for (Engine engine : Engine.values()) {
            assertThat(configured(NEEDED, "--engine", engine.configName()).engine())
                    .isEqualTo(engine);
        }
        Misconfigured wrong = (Misconfigured) ConfigReader.read(new String[] {"--engine", "tensorflow"}, NEEDED);
        assertThat(wrong.problems())
                .singleElement()
                .asString()
                .contains("--engine", "COLORSTREAM_ENGINE", "'tensorflow'", "dl4j, onnxruntime, auto");
    }

    @Test
    void shouldTellAllProblemsAtOnce() {
        Misconfigured wrong = (Misconfigured) ConfigReader.read(
                new String[] {"--batch", "none", "--consumers", "0", "--s3", "localhost:9000", "--id", "a b"},
                Map.of("COLORSTREAM_S3_ACCESS_KEY", "x", "COLORSTREAM_S3_SECRET_KEY", "y"));

        assertThat(wrong.problems())
                .hasSize(4)
                .anyMatch(p -> p.contains("--batch") && p.contains("'none'") && p.contains("from 1 to 256"))
                .anyMatch(p -> p.contains("--consumers") && p.contains("'0'"))
                .anyMatch(p -> p.contains("--s3") && p.contains("write http://host:port"))
                .anyMatch(p -> p.contains("--id") && p.contains("'a b'"));
    }

    @Test
    void shouldFollowTheChannelsWithoutAFolderUnlessThereIsNoNetwork() {
        Map<String, String> environment = new HashMap<>(NEEDED);
        environment.remove("COLORSTREAM_MODEL");

        assertThat(configured(environment).models().folder()).isEmpty();
        Misconfigured wrong = (Misconfigured) ConfigReader.read(new String[] {"--engine", "none"}, environment);
        assertThat(wrong.problems()).singleElement().asString().contains("--model", "COLORSTREAM_MODEL", "is not set");
    }

    @Test
    void shouldRefuseUnknownFlag() {
        Misconfigured wrong = (Misconfigured) ConfigReader.read(new String[] {"--bacth=4", "--window", "0"}, NEEDED);

        assertThat(wrong.problems())
                .hasSize(2)
                .anyMatch(p -> p.contains("--bacth"))
                .anyMatch(p -> p.contains("--window"));
    }

    @Test
    void shouldRefuseSecretsOnTheCommandLine() throws IOException {
        // given
        Map<String, String> keyless = new HashMap<>(NEEDED);
        keyless.remove("COLORSTREAM_S3_SECRET_KEY");
        Path file = Files.writeString(directory.resolve("worker.properties"), "s3-secret-key = of-the-file\n");

        // when
        Misconfigured wrong = (Misconfigured)
                ConfigReader.read(new String[] {"--s3-secret-key", "hushhush", "--s3-session-token=hushhush"}, NEEDED);

        // then
        assertThat(wrong.problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("--s3-secret-key (COLORSTREAM_S3_SECRET_KEY) is a secret"))
                .anyMatch(problem -> problem.contains("--s3-session-token (COLORSTREAM_S3_SESSION_TOKEN) is a secret"))
                .noneMatch(problem -> problem.contains("hushhush"));
        assertThat(configured(keyless, "--config", file.toString()).store().secretKey())
                .isEqualTo("of-the-file");
    }

    @Test
    void shouldTakeSecretFromFile() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "hush-hush\n");
        Map<String, String> environment = new HashMap<>(NEEDED);
        environment.remove("COLORSTREAM_S3_SECRET_KEY");
        environment.put("COLORSTREAM_S3_SECRET_KEY_FILE", file.toString());

        assertThat(configured(environment).store().secretKey()).isEqualTo("hush-hush");
    }

    @Test
    void shouldTakeTokenOfTemporaryKeys() {
        Map<String, String> environment = new HashMap<>(NEEDED);
        environment.put("COLORSTREAM_S3_SESSION_TOKEN", "token");

        assertThat(configured(environment).store().sessionToken()).contains("token");
        assertThat(configured(NEEDED).store().sessionToken()).isEmpty();
    }

    @Test
    void shouldNameTheSecretFileThatIsEmpty() throws IOException {
        Path file = Files.writeString(directory.resolve("empty"), "\n");
        Map<String, String> environment = new HashMap<>(NEEDED);
        environment.remove("COLORSTREAM_S3_SECRET_KEY");
        environment.put("COLORSTREAM_S3_SECRET_KEY_FILE", file.toString());

        assertThat(ConfigReader.read(new String[0], environment))
                .isInstanceOfSatisfying(
                        Misconfigured.class,
                        wrong -> assertThat(wrong.problems())
                                .anyMatch(problem -> problem.contains(file + ", which is empty")));
    }

    @Test
    void shouldTellWhereNoSecretIsSet() {
        Misconfigured wrong = (Misconfigured)
                ConfigReader.read(new String[0], Map.of("COLORSTREAM_MODEL", "m", "COLORSTREAM_S3_ACCESS_KEY", "a"));

        assertThat(wrong.problems())
                .singleElement()
                .asString()
                .contains("COLORSTREAM_S3_SECRET_KEY", "COLORSTREAM_S3_SECRET_KEY_FILE");
    }

    @Test
    void shouldTakeFurtherKafkaPropertiesFromFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("client.properties"), "security.protocol=SSL\nssl.key.password=hush\n");

        WorkerConfig config = configured(NEEDED, "--kafka-properties", file.toString(), "--bootstrap", "b:1,c:2");

        assertThat(config.kafka())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("bootstrap.servers", "b:1,c:2");
        assertThat(config.toString()).contains("b:1,c:2").doesNotContain("hush");
    }

    @Test
    void shouldHelpWithEverySetting() {
        HelpWanted help = (HelpWanted) ConfigReader.read(new String[] {"--help"}, Map.of());

        for (Setting setting : List.of(Setting.values())) {
            assertThat(help.text()).contains(setting.isSecret() ? "no flag" : setting.flag(), setting.variable());
        }
    }

    private static WorkerConfig configured(Map<String, String> environment, String... flags) {
        return ((Configured) ConfigReader.read(flags, environment)).config();
    }
}
