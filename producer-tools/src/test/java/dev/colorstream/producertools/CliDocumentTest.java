package dev.colorstream.producertools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.producertools.Installation.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/cli.md to what the commands say and do. */
class CliDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/cli.md");
    private static final Path EXAMPLE = Path.of("src/test/java/dev/colorstream/producertools/ClientExampleTest.java");
    private static final List<String> COMMANDS = List.of(
            "",
            "upload",
            "await",
            "jobs list",
            "jobs show",
            "jobs cancel",
            "jobs delete",
            "dead-letters list",
            "dead-letters show",
            "dead-letters replay",
            "watch",
            "topics create",
            "completion");

    private final Installation installation = Installation.shared();
    private final StringBuilder document = new StringBuilder();

    @TempDir
    Path directory;

    /** With the system property {@code docs.write} the document is written anew. */
    @Test
    void shouldShowWhatTheCommandsSayAndDo() throws IOException {
        write();

        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/cli.md; write it by mvn test -pl producer-tools -am -Ddocs.write=true "
                        + "-Dtest=CliDocumentTest -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(document.toString());
    }

    private void write() throws IOException {
        text("""
                # The command line

                Written by a test from real runs; `CliDocumentTest` tells how.

                ## A job from its begin to its end

                A folder of two photos and a text, of which one photo is damaged:
                """);
        photo("a.jpg");
        photo("scans/b.jpg");
        Files.writeString(directory.resolve("album/notes.txt"), "no photo");
        show("upload", "album", "--job", "album-7", "--dry-run");
        show("upload", "album", "--job", "album-7");
        text("Before a worker has seen it:");
        show("jobs", "show", "album-7");
        answer(request -> installation.publish(installation.colored(request, "color")), "/a.jpg");
        answer(request -> installation.die(request, FailureReason.CORRUPT_PHOTO), "/b.jpg");
        text("After a worker was there; the exit code is 2, because one photo has no colors:");
        show("await", "album-7", "--table", "--out", "color.zip");
        show("await", "album-7", "--json");
        text("The photo is asked for once more, and colored this time:");
        show("dead-letters", "replay", "--job", "album-7", "--reason", "corrupt-photo");
        answer(request -> installation.publish(installation.colored(request, "color")), "/b.jpg");
        show("await", "album-7", "--out", "color.zip");
        text("What was uploaded already is not uploaded again:");
        show("upload", "album", "--job", "album-7");
        show("jobs", "delete", "album-7");
        text("""
                ## From Java

                The command line is a thin layer on `ColorstreamClient` (module `producer-tools`):

                ```java""");
        String example = Files.readString(EXAMPLE);
        text(example.substring(example.indexOf("// docs:begin\n") + 14, example.indexOf("    // docs:end"))
                        .stripIndent()
                + "```\n");
        text("""
                ## For scripts

                Exit codes are listed below; a command that is interrupted by Ctrl-C ends with 130, and the same upload again
                goes on. With `--json` standard output has one object a line, and nothing else. Fields are added, never renamed
                or taken away; pass over those you do not know.

                | field | in | what it is |
                |---|---|---|
                | `event` | all | `progress`, now and then, or `end`, once and last |
                | `submitted`, `colored`, `failed`, `pending` | all | photos; the first is always the sum of the others |
                | `listComplete` | `progress` | whether all photos of the job are known, or its upload goes on |
                | `photosPerSecond` | `progress` | since waiting began |
                | `job` | `end` | its name |
                | `end` | `end` | `complete`, `timed-out`, `never-begun` or `cancelled` |
                | `refused` | `end` | photos that the upload found and could not take |
                | `photos` | `end` | those without colors: `name`, `requestId`, `outcome` (`failed`, `pending`, `not-downloaded`), for failed ones `reason`, and `detail` |

                ## Where Kafka and S3 are

                A flag goes before a variable, a variable before a profile, a profile before the default; but a profile that
                `--profile` names goes before variables. Profiles are lines `NAME.SETTING = VALUE` in
                `~/.colorstream/profiles.properties`, or in the file `$COLORSTREAM_PROFILES`; the profile `default` is taken
                where none is named. The trainer and the dashboard take the same flags, variables and profiles. The secret key
                has no flag, since everybody on a machine can read command lines.

                ```
                default.kafka = localhost:9092
                studio.kafka = kafka.studio.example:9093
                studio.kafka-properties = /etc/colorstream/studio-tls.properties
                studio.s3 = https://s3.studio.example
                studio.s3-access-key = colorstream
                studio.s3-secret-key-file = /etc/colorstream/studio-secret
                ```

                | flag | variable | profile | default |
                |---|---|---|---|
                | `--bootstrap` | `COLORSTREAM_KAFKA` | `kafka` | `localhost:9092` |
                | `--kafka-properties` | `COLORSTREAM_KAFKA_PROPERTIES` | `kafka-properties` | none |
                | `--s3` | `COLORSTREAM_S3_ENDPOINT` | `s3` | `http://localhost:9000` |
                | `--s3-region` | `COLORSTREAM_S3_REGION` | `s3-region` | `us-east-1` |
                | `--s3-access-key` | `COLORSTREAM_S3_ACCESS_KEY` | `s3-access-key` | must be set |
                | none | `COLORSTREAM_S3_SECRET_KEY` | - | must be set, or its file |
                | `--s3-secret-key-file` | `COLORSTREAM_S3_SECRET_KEY_FILE` | `s3-secret-key-file` | - |
                | `--s3-certificates` | `COLORSTREAM_S3_CERTIFICATES` | `s3-certificates` | those that Java trusts |
                | `--profile` | `COLORSTREAM_PROFILE` | - | `default` |

                ## Photos that other clients store

                A bucket's own notifications, sent to `colorize.requests`, ask for each new photo: those of MinIO, of AWS (as
                records or by EventBridge) and of Ceph are read; other events are passed over. Stores that send none of these
                forms, SeaweedFS for example, and notifications that got lost, are what `colorstream watch` is for: it lists the
                bucket and asks for photos without a result.

                ## Completion and man pages

                `source <(colorstream completion)` teaches Bash and Zsh these commands.

                `mvn -Pman package -pl producer-tools -am -Dtest=ManPagesTest -Dsurefire.failIfNoSpecifiedTests=false` writes man
                pages of all commands into `producer-tools/target/man`: `man -M producer-tools/target/man colorstream-upload`.

                ## All commands
                """);
        for (String command : COMMANDS) {
            text("### " + ("colorstream " + command).strip() + "\n");
            Run run = Installation.run(Map.of(), (command + " --help").strip().split(" ", -1));
            text("```\n" + run.out().stripTrailing() + "\n```\n");
        }
    }

    private void photo(String name) throws IOException {
        Path file = directory.resolve("album").resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "photo " + name);
    }

    /** Shows the command with what it printed and told the shell; local paths and times as readers would see them. */
    private void show(String... command) {
        List<String> run = new ArrayList<>();
        for (String argument : command) {
            boolean local = argument.equals("album") || argument.equals("color.zip");
            run.add(local ? directory.resolve(argument).toString() : argument);
        }
        Run done = installation.run(run.toArray(String[]::new));
        String printed = (done.err() + done.out())
                .replace(directory + "/", "")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "2026-01-31T12:00:00Z")
                .replaceAll("(?m)^.* photos/s.*\\R", "")
                .replaceAll("(?m)^.*\"event\":\"progress\".*\\R", "")
                .replaceAll("\"requestId\":\"[0-9a-f]{32}\"", "\"requestId\":\"0123456789abcdef0123456789abcdef\"");
        text("```\n$ colorstream " + String.join(" ", command) + "\n" + printed
                + (done.exitCode() == 0 ? "" : "exit code " + done.exitCode() + "\n") + "```\n");
    }

    private void answer(Consumer<ColorizeRequest> answer, String ending) {
        installation.requests("album-7").stream()
                .filter(request -> request.source().key().endsWith(ending))
                .max(Comparator.comparing(ColorizeRequest::submittedAt))
                .ifPresent(answer);
    }

    private void text(String text) {
        document.append(text).append("\n");
    }
}
