package dev.colorstream.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalCommandTest {
    private static final Path ROOT = Path.of("../..");

    @TempDir
    Path directory;

    @Test
    void shouldNameTheDataDirectoryThatCannotBeWrittenAndTheMend() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        StringWriter errors = new StringWriter();

        int status = LauncherMain.commandLine()
                .setErr(new PrintWriter(errors))
                .execute(
                        "local",
                        "--root",
                        ROOT.toString(),
                        "--home",
                        file.resolve("home").toString());

        assertThat(status).isNotZero();
        assertThat(errors.toString())
                .contains(file.resolve("home").toString())
                .contains("FileSystemException")
                .contains("COLORSTREAM_HOME");
    }
}
