package dev.colorstream.producertools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.producertools.Installation.Run;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photos that are large beside the heap. */
class LargePhotosTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int MIB = 1 << 20;

    private final Installation installation = Installation.shared();

    @TempDir
    Path directory;

    @Test
    void shouldUploadALargePhotoThatFitsIntoTheMemoryOnce() throws Exception {
        photo("album/large.jpg", 64 * MIB);

        Run run = run(List.of("-XX:+UseSerialGC", "-Xmx160m", "-Xmn32m"), "upload", path("album"), "--job", "large-1");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(installation.requests("large-1"))
                .singleElement()
                .satisfies(request -> assertThat(installation.store().stat(request.source()))
                        .hasValueSatisfying(stored -> assertThat(stored.size()).isEqualTo(64 * MIB)));
    }

    @Test
    void shouldSendTheOtherPhotosWhenOneIsTooLargeForTheMemory() throws Exception {
        photo("album/a.jpg", 1);
        photo("album/large.jpg", 100 * MIB);
        photo("album/z.jpg", 1);

        Run run = run(List.of("-Xmx64m"), "upload", path("album"), "--job", "large-2");

        assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out())
                .contains("2 photos uploaded")
                .contains("not uploaded: large.jpg: cannot be uploaded: is too large for the memory");
    }

    @Test
    void shouldBringAColorPhotoThatIsLargerThanTheHeap() throws Exception {
        photo("a.jpg", 1);
        Path color = photo("color", 48 * MIB);
        installation.run("upload", path("a.jpg"), "--job", "large-3");
        installation.requests("large-3").forEach(request -> installation.publish(colored(request, color)));

        Run folder = run(List.of("-Xmx40m"), "await", "large-3", "--out", path("out"));
        Run archive = run(List.of("-Xmx40m"), "await", "large-3", "--out", path("out.tar"));

        assertThat(folder.exitCode()).as(folder.out()).isZero();
        assertThat(directory.resolve("out/a.jpg")).hasSameBinaryContentAs(color);
        assertThat(directory.resolve("out")).isDirectoryNotContaining("glob:**.part");
        assertThat(archive.exitCode()).as(archive.out()).isZero();
        assertThat(Files.size(directory.resolve("out.tar"))).isGreaterThan(48 * MIB);
    }

    private Colored colored(ColorizeRequest request, Path color) {
        Colored small = installation.colored(request, "color");
        try {
            byte[] bytes = Files.readAllBytes(color);
            installation.store().put(small.object().address(), bytes, "image/jpeg", Map.of());
            return new Colored(
                    small.requestId(),
                    small.jobId(),
                    small.source(),
                    new ColorObject(small.object().address(), "image/jpeg", 8000, 8000, Hashes.sha256Hex(bytes)),
                    small.modelVersion(),
                    small.worker(),
                    small.attempt(),
                    small.milliseconds(),
                    small.completedAt());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Zeros, which take no space on the disk. */
    private Path photo(String name, int bytes) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        try (RandomAccessFile photo = new RandomAccessFile(file.toFile(), "rw")) {
            photo.setLength(bytes);
        }
        return file;
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private Run run(List<String> jvmFlags, String... arguments) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        Process command = installation.start(log, jvmFlags, arguments);
        try {
            assertThat(command.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return new Run(command.exitValue(), Files.readString(log), "");
        } finally {
            command.destroyForcibly();
        }
    }
}
