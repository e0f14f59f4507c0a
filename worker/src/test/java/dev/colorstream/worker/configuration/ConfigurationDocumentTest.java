package dev.colorstream.worker.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

    /** With the system property {@code docs.write} the document is written anew. */
    @Test
    void shouldDescribeEverySettingAsTheWorkerReadsIt() throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCUMENT, document());
        }

        assertThat(Files.readString(DOCUMENT))
                .as("docs/configuration.md; write it by mvn test -pl worker -am -Ddocs.write=true "
                        + "-Dtest=ConfigurationDocumentTest -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(document());
    }

    private static String document() {
        return """
                # Configuration

                ## Worker

                A flag goes before the environment, the environment before the file that `--config` names, the file before the
                default. All that is wrong is told at once, and nothing that is unknown is passed over. In a file, a setting is
                named like its flag without the hyphens (`consumers = 3`). Secrets have no flag, since everybody on a machine can
                read command lines; in a file they are `s3-secret-key` and `s3-session-token`.

                | flag | environment | default | |
                |---|---|---|---|
                """
                + Arrays.stream(Setting.values())
                        .map(ConfigurationDocumentTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(Setting setting) {
        String otherwise = setting.defaultValue()
                .map(value -> value.isEmpty() ? "" : "`" + value + "`")
                .orElse(setting == Setting.S3_SECRET_KEY ? "" : "must be set");
        String flag = setting.isSecret() ? "none" : "`" + setting.flag() + " " + setting.label() + "`";
        return "| " + flag + " | `" + setting.variable() + "` | " + otherwise + " | " + setting.description() + " |\n";
    }
}
