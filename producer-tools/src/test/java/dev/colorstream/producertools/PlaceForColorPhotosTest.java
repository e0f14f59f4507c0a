package dev.colorstream.producertools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.producertools.Installation.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the place that {@code await --out} names. */
class PlaceForColorPhotosTest {
    private final Installation installation = Installation.shared();

    @TempDir
    Path directory;

    @Test
    void shouldLetWhoeverReadsOtherFilesReadColorPhotosToo() throws IOException {
        colored("place-1");
        Path usual = Files.createFile(directory.resolve("usual"));

        installation.run("await", "place-1", "--out", path("out"));
        installation.run("await", "place-1", "--out", path("out.zip"));

        assertThat(directory.resolve("out/a.jpg")).hasContent("color");
        assertThat(Files.getPosixFilePermissions(directory.resolve("out/a.jpg")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
        assertThat(Files.getPosixFilePermissions(directory.resolve("out.zip")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void shouldKeepTheArchiveOfBeforeWhereNoPhotoCame() throws IOException {
        upload("place-2");
        Path archive = Files.writeString(directory.resolve("out.zip"), "of before");

        Run run = installation.run("await", "place-2", "--timeout", "100ms", "--out", archive.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(run.out()).doesNotContain("color photos are in");
        assertThat(archive).hasContent("of before");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shouldSayBeforeItWaitsThatThePlaceCannotBeWritten() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path folder = Files.createDirectory(directory.resolve("folder.zip"));

        for (Path wrong : new Path[] {file, folder}) {
            Run run = installation.run("await", "never-begun", "--out", wrong.toString());

            assertThat(run.exitCode()).isEqualTo(ExitCode.ERROR);
            assertThat(run.err()).contains("cannot be written to " + wrong).contains("name a folder or an archive");
        }
    }

    @Test
    void shouldBringPhotosIntoAFolderThatALinkNames() throws IOException {
        colored("place-3");
        Path folder = Files.createDirectory(directory.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), folder);

        Run run = installation.run("await", "place-3", "--out", link.toString());

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(folder.resolve("a.jpg")).hasContent("color");
    }

    @Test
    void shouldTellWhyAPhotoCannotBeWrittenAndTheMend() throws IOException {
        colored("place-4");
        Files.createDirectories(directory.resolve("out/a.jpg/folder"));

        Run run = installation.run("await", "place-4", "--out", path("out"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out())
                .contains("not downloaded: a.jpg: it cannot be written (java.nio.file.")
                .contains("repeat 'colorstream await'");
    }

    private void upload(String job) throws IOException {
        Path photo = Files.writeString(directory.resolve("a.jpg"), "photo");
        assertThat(installation.run("upload", photo.toString(), "--job", job).exitCode())
                .isZero();
    }

    private void colored(String job) throws IOException {
        upload(job);
        installation.requests(job).forEach(request -> installation.publish(installation.colored(request, "color")));
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
