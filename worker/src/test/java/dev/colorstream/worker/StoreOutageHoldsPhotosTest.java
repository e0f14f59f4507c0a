package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guarantee: an outage of the store fails no photo, and brings none back to the group. */
final class StoreOutageHoldsPhotosTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration LONGER_THAN_LOCK = Duration.ofSeconds(35);
    private static final int PHOTOS = 60;

    @TempDir
    Path directory;

    private Installation installation;
    private Worker worker;

    @BeforeEach
    void start() throws Exception {
        installation = Installation.start(directory, 2);
        installation.upload("cat.jpg", Photos.jpeg(50, 50, 1));
        worker = installation.startWorker("worker");
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void shouldHoldPhotosOverOutageThatOutlastsLock() {
        installation.request("before", "cat.jpg", RequestOptions.NONE);
        await().atMost(LIMIT).until(() -> installation.results().size() == 1);
        assertThat(status("/readyz")).isEqualTo(200);

        installation.killStore();
        for (int i = 0; i < PHOTOS; i++) {
            installation.request("during-" + i, "cat.jpg", RequestOptions.NONE);
        }
        await().atMost(LIMIT).until(() -> status("/readyz") == 503);
        assertThat(status("/livez")).isEqualTo(200);
        await().during(LONGER_THAN_LOCK)
                .atMost(LIMIT)
                .until(() -> installation.results().size() == 1
                        && installation.deadLetters().isEmpty());

        installation.restartStore();

        await().atMost(LIMIT).until(() -> installation.newestResults().size() == PHOTOS + 1);
        assertThat(installation.results())
                .allMatch(Colored.class::isInstance)
                .hasSize(PHOTOS + 1)
                .allMatch(result -> result.attempt() == 1, "was held, not given back")
                .extracting(ColorizeResult::worker)
                .containsOnly("worker");
        assertThat(installation.deadLetters()).isEmpty();
        await().atMost(LIMIT).until(() -> status("/readyz") == 200);
    }

    private int status(String path) {
        URI uri = URI.create("http://127.0.0.1:" + worker.httpPort() + path);
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (Exception e) {
            throw new IllegalStateException("cannot get " + uri, e);
        }
    }
}
