package dev.colorstream.producertools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shell hears from the command as a process, as docs/cli.md promises it to scripts. */
class ExitCodeTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** 128 and the number of SIGINT, as shells have it. */
    private static final int INTERRUPTED = 130;

    private static final long SIGINT_BIT = 1L << 1;

    private final Installation installation = Installation.shared();

    @TempDir
    Path directory;

    @Test
    void shouldTellTheShellHowTheJobStands() throws Exception {
        upload("exit-1");

        assertThat(exitCode("await", "exit-1", "--timeout", "100ms")).isEqualTo(3);
        installation
                .requests("exit-1")
                .forEach(request -> installation.publish(installation.failed(request, FailureReason.POISON)));
        assertThat(exitCode("await", "exit-1")).isEqualTo(2);
        installation
                .requests("exit-1")
                .forEach(request -> installation.publish(installation.colored(request, "color")));
        assertThat(exitCode("await", "exit-1")).isZero();
    }

    @Test
    void shouldTellTheShellThatTheJobWasCancelled() throws Exception {
        upload("exit-2");
        installation.run("jobs", "cancel", "exit-2");

        assertThat(exitCode("await", "exit-2")).isEqualTo(4);
    }

    @Test
    void shouldTellTheShellWhatIsWrongWithTheCall() throws Exception {
        assertThat(exitCode("await", "exit-3", "--no-such-flag")).isEqualTo(64);
        assertThat(exitCode("await", "exit-3", "--profile", "unknown")).isEqualTo(1);
    }

    @Test
    void shouldEndAtOnceByCtrlC() throws Exception {
        assumeThat(interruptsAreIgnored())
                .as("started in a way that makes children deaf to it, as by nohup or a script's &")
                .isFalse();
        upload("exit-4");
        Path log = directory.resolve("log");
        Process waiting = installation.start(log, "await", "exit-4", "--json");
        try {
            await().atMost(LIMIT).until(() -> Files.readString(log).contains("progress"));

            interrupt(waiting);

            assertThat(waiting.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(waiting.exitValue()).isEqualTo(INTERRUPTED);
        } finally {
            waiting.destroyForcibly();
        }
    }

    private void upload(String job) throws IOException {
        Path photo = Files.writeString(directory.resolve("a.jpg"), "photo");
        assertThat(installation.run("upload", photo.toString(), "--job", job).exitCode())
                .isZero();
    }

    private int exitCode(String... arguments) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        Process command = installation.start(log, arguments);
        try {
            assertThat(command.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return command.exitValue();
        } finally {
            command.destroyForcibly();
        }
    }

    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT_BIT) != 0);
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", "INT", Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
