package dev.colorstream.producertools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.colorstream.producertools.Installation.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an upload finds and cannot take. */
class RefusedPhotosTest {
    private final Installation installation = Installation.shared();

    @TempDir
    Path album;

    @BeforeEach
    void writeAGoodPhoto() throws IOException {
        Files.writeString(album.resolve("a.jpg"), "photo");
    }

    @Test
    void shouldTellWhoAwaitsTheJobWhatItsLastUploadCouldNotTake() throws IOException {
        installation.run("upload", album.toString(), "--job", "refused");
        installation.requests("refused").forEach(request -> installation.publish(installation.answered(request)));
        Path broken = Files.writeString(album.resolve("b.zip"), "no archive");

        Run refused = installation.run("upload", album.toString(), "--job", "refused", "--await");
        Files.delete(broken);
        Run mended = installation.run("upload", album.toString(), "--job", "refused", "--await");

        assertThat(refused.err()).contains("not uploaded: " + broken);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(mended.exitCode()).isZero();
    }

    @Test
    void shouldUploadWhatLiesBesideAFolderThatCannotBeRead() throws IOException {
        Path closed = Files.createDirectory(album.resolve("closed"));
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            assumeThat(Files.isReadable(closed))
                    .as("this user reads everything")
                    .isFalse();

            Run run = installation.run("upload", album.toString());

            assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
            assertThat(run.err()).contains("1 photos uploaded", "1 refused", "not uploaded: " + closed);
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
