package dev.colorstream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.dashboard.state.Told;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PHOTOS = 2_000;

    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldCountRightAfterItWasKilledInTheMiddleOfAJob() throws Exception {
        try (Installation installation = new Installation(directory)) {
            ChildJvm first = start(installation);
            publish(installation, 0, PHOTOS / 2);
            await().atMost(PATIENCE).until(() -> ended(first) > 0);
            first.kill();

            publish(installation, PHOTOS / 4, PHOTOS);
            try (ChildJvm second = start(installation)) {
                await().atMost(PATIENCE).until(() -> ended(second) >= PHOTOS);
                assertThat(job(second).integer("colored")).isEqualTo(PHOTOS - PHOTOS / 10);
                assertThat(job(second).integer("failed")).isEqualTo(PHOTOS / 10);
            }
        }
    }

    private static void publish(Installation installation, int from, int to) {
        for (int i = from; i < to; i++) {
            String id = "photo-" + i;
            installation.publish(i % 10 == 0 ? Told.failed(id, FailureReason.NOT_A_PHOTO) : Told.colored(id));
        }
        installation.flush();
    }

    private ChildJvm start(Installation installation) {
        return ChildJvm.start(
                new JvmCommand(
                                "dashboard",
                                DashboardMain.class.getName(),
                                ClassPath.ofThisJvm(),
                                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                                List.of(
                                        "--bootstrap",
                                        installation.bootstrap(),
                                        "--http-port",
                                        "0",
                                        "--s3",
                                        installation.connection().endpoint(),
                                        "--s3-access-key",
                                        installation.connection().accessKey(),
                                        "--state",
                                        directory.resolve("state").toString()),
                                Map.of(
                                        "COLORSTREAM_S3_SECRET_KEY",
                                        installation.connection().secretKey()))
                        .endingWithStandardInput(),
                directory.resolve("dashboard.log"),
                PATIENCE);
    }

    private static long ended(ChildJvm dashboard) throws IOException, InterruptedException {
        JsonObject job = job(dashboard);
        return job.has("error") ? 0 : job.integer("colored") + job.integer("failed");
    }

    private static JsonObject job(ChildJvm dashboard) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + dashboard.fact("http") + "/api/jobs/" + Told.JOB);
        return JsonObject.parse(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray())
                .body());
    }
}
