package dev.colorstream.producertools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.producertools.Installation.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "upload|Missing required parameter: 'PATH'",
                "upload no-such-file.jpg|no-such-file.jpg does not exist",
                "upload scans/[a.jpg|scans/[a.jpg does not exist, and is no pattern (Missing ']",
                "upload {a,b.jpg --job j|{a,b.jpg does not exist, and is no pattern (Missing '}",
                "upload . --temperature 2|temperature is 2.0: write a number from 0.01 to 1.0",
                "upload . --format bmp|'bmp' is no output format: write jpeg or png or tiff",
                "upload . --model-version v1 --channel stable|keep one of them",
                "upload . --job ../x|'../x' is not a job id",
                "upload . --out x|--out, --table and --json need --await",
                "upload -|standard input has no name to make the job's of: name it with --job",
                "dead-letters list --since yesterday|'yesterday' is no time",
                "dead-letters replay --reason bad-luck|'bad-luck' is no reason",
                "await j --timeout soon|'soon' is no time",
                "topics create --partitions 0|--partitions is 0",
                "topics create --replication 0|--replication is 0",
                "paint|Unmatched argument"
            })
    void shouldSayInOneLineWhatIsWrongWithTheCommandLine(String line, String complaint) {
        Run run = Installation.run(Map.of(), line.split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err().lines()).first().asString().contains(complaint);
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Test
    void shouldNameTheBrokerThatDoesNotAnswer() throws IOException {
        String nobody = "127.0.0.1:" + freePort();

        Run run = Installation.run(Map.of("COLORSTREAM_KAFKA", nobody), "await", "job");

        assertThat(run.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains(nobody)
                .contains("--bootstrap");
    }

    @Test
    void shouldNameABrokerAddressThatIsNone() {
        Run run = Installation.run(Map.of(), "await", "job", "--bootstrap", "no address");

        assertThat(run.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("no address")
                .contains("--bootstrap");
    }

    @Test
    void shouldShowEveryCommandsHelp() {
        for (String line : new String[] {
            "--help",
            "upload --help",
            "await --help",
            "topics --help",
            "topics create --help",
            "jobs --help",
            "jobs list --help",
            "dead-letters replay --help"
        }) {
            Run run = Installation.run(Map.of(), line.split(" ", -1));

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("Usage: colorstream");
        }
    }

    @Test
    void shouldPrintACompletionOfAllCommands() {
        Run run = Installation.run(Map.of(), "completion");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("_picocli_colorstream_deadletters_replay", "--dry-run");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
