package dev.colorstream.producertools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.connection.StoreConnection;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.producertools.client.ColorstreamClient;
import dev.colorstream.producertools.photos.PhotoSource;
import dev.colorstream.producertools.progress.Progress;
import dev.colorstream.producertools.results.AwaitListener;
import dev.colorstream.producertools.results.AwaitReport;
import dev.colorstream.producertools.upload.UploadOrder;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java program that docs/cli.md shows. */
class ClientExampleTest {
    private final Installation installation = Installation.shared();

    @TempDir
    Path directory;

    @Test
    void shouldUploadAndAwaitFromJava() throws IOException {
        Path album = Files.createDirectories(directory.resolve("album"));
        Files.writeString(album.resolve("a.jpg"), "photo a");
        CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !installation.requests("album-java").isEmpty());
            installation.publish(
                    installation.colored(installation.requests("album-java").get(0), "color"));
        });

        AwaitReport report =
                colorize(installation.connection().bootstrap(), installation.s3(), album, directory.resolve("color"));

        peer.join();
        assertThat(report.allColored()).isTrue();
        assertThat(directory.resolve("color/a.jpg")).hasContent("color");
    }

    // docs:begin
    AwaitReport colorize(String kafka, ObjectStoreConnection s3, Path album, Path out) {
        Clock clock = Clock.systemUTC();
        ColorstreamClient client =
                new ColorstreamClient(new KafkaConnection(kafka, Optional.empty()), StoreConnection.of(s3), clock);
        JobId job = new JobId("album-java");
        List<PhotoSource> sources = List.of(new PhotoSource.OfPath(album));
        client.upload(
                UploadOrder.of(job, sources, RequestOptions.NONE), InputStream.nullInputStream(), Progress.silent());
        return client.await(job, clock.instant().plus(Duration.ofHours(1)), out, new AwaitListener() {});
    }
    // docs:end
}
