package dev.colorstream.producertools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.local.embeddeds3.EmbeddedS3.Credentials;
import dev.colorstream.producertools.Installation.Run;
import dev.colorstream.storage.objectstore.ListedObject;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photos that other clients put into a bucket. */
class WatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String BUCKET = "watched";

    private final Installation installation = Installation.shared();

    @Test
    void shouldAskOnceForEveryPhotoThatHasNoResult() {
        installation.store().ensureBucket(BUCKET);
        put("inbox/a.jpg");
        put("inbox/lost notification.jpg");
        put("inbox/notes.txt");
        put("elsewhere/b.jpg");
        ObjectAddress known = put("inbox/known.jpg");
        installation.publish(installation.answered(new ColorizeRequest(
                new RequestId("by-notification"), Optional.empty(), known, RequestOptions.NONE, Instant.EPOCH)));

        Run young = sweep("--grace", "1h");
        Run first = sweep("--saturation", "1.5");
        List<ColorizeRequest> asked = asked();
        asked.forEach(request -> installation.publish(installation.answered(request)));
        Run second = sweep();

        assertThat(young.out()).contains("3 photos, 0 asked for now, 2 waiting");
        assertThat(first.out()).contains("3 photos, 2 asked for now, 0 waiting");
        assertThat(asked)
                .extracting(request -> request.source().key())
                .containsExactlyInAnyOrder("inbox/a.jpg", "inbox/lost notification.jpg");
        assertThat(asked).allSatisfy(r -> assertThat(r.options().saturation()).contains(1.5));
        assertThat(second.out()).contains("3 photos, 0 asked for now, 0 waiting");
        assertThat(asked()).hasSize(2);
    }

    @Test
    void shouldAskTheSameAgainAfterARestart() {
        installation.store().ensureBucket("restarted");
        installation.store().put(new ObjectAddress("restarted", "a.jpg"), "a".getBytes(UTF_8), "image/jpeg", Map.of());

        Installation.run(installation.environment(), "watch", "restarted", "--once");
        Installation.run(installation.environment(), "watch", "restarted", "--once");

        assertThat(installation.requestsOf(Topics.REQUESTS))
                .filteredOn(request -> request.source().bucket().equals("restarted"))
                .extracting(ColorizeRequest::id)
                .hasSize(2)
                .containsOnly(requestOf("restarted", "a.jpg"));
    }

    @Test
    void shouldLookWhileResultsKeepComing() throws Exception {
        installation.store().ensureBucket("busy");
        ObjectAddress photo = new ObjectAddress("busy", "a.jpg");
        installation.store().put(photo, "a".getBytes(UTF_8), "image/jpeg", Map.of());
        Failed result = installation.failed(
                new ColorizeRequest(
                        new RequestId("of-others"), Optional.empty(), photo, RequestOptions.NONE, Instant.EPOCH),
                FailureReason.POISON);
        CompletableFuture<Run> sweep = CompletableFuture.supplyAsync(() -> installation.run("watch", "busy", "--once"));

        await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
            installation.publish(result);
            return sweep.isDone();
        });

        assertThat(sweep.join().out()).contains("1 photos, 1 asked for now");
    }

    @Test
    void shouldLookAgainAfterTheStoreWasAway(@TempDir Path directory) throws Exception {
        Path objects = Files.createDirectory(directory.resolve("s3"));
        EmbeddedS3 first = EmbeddedS3.start(objects);
        put(first, "a.jpg");
        Path log = directory.resolve("log");
        Process watch = installation.start(log, "watch", "flaky", "--every", "100ms", "--s3", first.endpoint());
        try {
            await().atMost(LIMIT).until(() -> Files.readString(log).contains("1 photos, 1 asked for now"));

            first.close();
            await().atMost(LIMIT).until(() -> Files.readString(log).contains("the next look tries again"));
            URI endpoint = URI.create(first.endpoint());
            Credentials same = new Credentials(first.accessKey(), first.secretKey());
            try (EmbeddedS3 second = EmbeddedS3.start(objects, endpoint.getPort(), same)) {
                put(second, "b.jpg");

                await().atMost(LIMIT).until(() -> Files.readString(log).contains("2 photos, 1 asked for now"));
            }
        } finally {
            watch.destroyForcibly();
            first.close();
        }
    }

    @Test
    void shouldNotWatchColorPhotos() {
        Run run = installation.run("watch", "colorized", "--once");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("name a bucket of gray photos");
    }

    @Test
    void shouldNameTheBucketThatIsNotThere() {
        Run run = installation.run("watch", "uploadz/inbox");

        assertThat(run.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(run.err()).contains("there is no bucket 'uploadz'").contains("name another");
    }

    private static void put(EmbeddedS3 s3, String key) {
        ObjectStoreConnection connection =
                new ObjectStoreConnection(s3.endpoint(), s3.accessKey(), s3.secretKey(), "us-east-1");
        try (ObjectStore store = new MinioObjectStore(connection)) {
            store.ensureBucket("flaky");
            store.put(new ObjectAddress("flaky", key), key.getBytes(UTF_8), "image/jpeg", Map.of());
        }
    }

    private RequestId requestOf(String bucket, String key) {
        ListedObject object = installation.store().list(bucket, key).findFirst().orElseThrow();
        return RequestId.hashOf("watch", bucket, key, object.etag());
    }

    private Run sweep(String... options) {
        String[] command = new String[options.length + 3];
        command[0] = "watch";
        command[1] = BUCKET + "/inbox/";
        command[2] = "--once";
        System.arraycopy(options, 0, command, 3, options.length);
        return installation.run(command);
    }

    private List<ColorizeRequest> asked() {
        return installation.requestsOf(Topics.REQUESTS).stream()
                .filter(request -> request.source().bucket().equals(BUCKET))
                .toList();
    }

    private ObjectAddress put(String key) {
        ObjectAddress address = new ObjectAddress(BUCKET, key);
        installation.store().put(address, key.getBytes(UTF_8), "image/jpeg", Map.of());
        return address;
    }
}
