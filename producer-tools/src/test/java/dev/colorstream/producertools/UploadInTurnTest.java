package dev.colorstream.producertools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.job.JobState.Phase;
import dev.colorstream.contract.job.JobStateJson;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.producertools.Installation.Run;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else happens to a job while it is uploaded. */
class UploadInTurnTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PIPE_BYTES = 1 << 20;

    private final Installation installation = Installation.shared();

    @TempDir
    Path directory;

    @Test
    void shouldEndTheUploadOfAJobThatIsCancelled() throws IOException {
        Run upload = whileUploading(
                "cancelled-on-its-way", () -> installation.run("jobs", "cancel", "cancelled-on-its-way"));

        assertThat(upload.exitCode()).isEqualTo(ExitCode.CANCELLED);
        assertThat(upload.err()).contains("job cancelled-on-its-way was cancelled");
        assertThat(installation.run("jobs", "list").out()).contains("cancelled-on-its-way  cancelled");
    }

    @Test
    void shouldGiveWayToAnotherUploadOfTheJob() throws IOException {
        Path photo = Files.writeString(directory.resolve("other.jpg"), "photo");

        Run upload = whileUploading("taken", () -> installation.run("upload", photo.toString(), "--job", "taken"));

        assertThat(upload.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(upload.err()).contains("another upload of job taken goes on");
    }

    @Test
    void shouldGiveWayToAnUploadThatOpensTheJobAfterIt() throws IOException {
        JobState other = new JobState(
                new JobId("opened-again"),
                Phase.OPEN,
                0,
                0,
                "options",
                Instant.now().plus(LIMIT),
                Map.of());

        Run upload = whileUploading("opened-again", () -> publish(JobStateJson.write(Topics.JOBS, other)));

        assertThat(upload.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(upload.err()).contains("another upload of job opened-again goes on");
    }

    @Test
    void shouldGiveWayToAnUploadThatEndsBeforeItsOwnFirstPhoto() throws IOException {
        Path photo = Files.writeString(directory.resolve("other.jpg"), "photo");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            put(tar, "mine.jpg");
        }
        InputStream in = new ByteArrayInputStream(bytes.toByteArray()) {
            private boolean begun;

            @Override
            public synchronized int read(byte[] target, int from, int length) {
                if (!begun) {
                    begun = true;
                    installation.run("upload", photo.toString(), "--job", "ended-first");
                }
                return super.read(target, from, length);
            }
        };

        Run upload = Installation.run(installation.environment(), in, "upload", "-", "--job", "ended-first");

        assertThat(upload.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(upload.err()).contains("another upload of job ended-first goes on");
        assertThat(installation.run("jobs", "list").out()).contains("ended-first  sealed");
    }

    private void publish(ProducerRecord<byte[], byte[]> message) {
        try (Producer<byte[], byte[]> producer = installation.connection().producer()) {
            installation.connection().sendAll(producer, List.of(message));
        }
    }

    /** Uploads a window of photos, acts, and lets one more photo follow. */
    private Run whileUploading(String job, Runnable act) throws IOException {
        PipedInputStream in = new PipedInputStream(PIPE_BYTES);
        CompletableFuture<Run> upload;
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new PipedOutputStream(in))) {
            upload = CompletableFuture.supplyAsync(
                    () -> Installation.run(installation.environment(), in, "upload", "-", "--job", job));
            for (int i = 0; i < JobPage.MAX_PHOTOS; i++) {
                put(tar, i + ".jpg");
            }
            await().atMost(LIMIT)
                    .until(() -> installation.run("jobs", "list").out().contains(job + "  open"));
            act.run();
            put(tar, "last.jpg");
        }
        return upload.join();
    }

    private static void put(TarArchiveOutputStream tar, String name) throws IOException {
        byte[] content = name.getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
