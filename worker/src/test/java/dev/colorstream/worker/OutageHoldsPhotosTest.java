package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guarantee: an outage fails no photo; one of the store brings none back to the group. */
final class OutageHoldsPhotosTest {
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
    void shouldGoOnWhenKafkaComesBack() {
        installation.request("before", "cat.jpg", RequestOptions.NONE);
        await().atMost(LIMIT).until(() -> installation.results().size() == 1);

        installation.killKafka();
        await().atMost(LIMIT).until(() -> Installation.status(worker, "/readyz") == 503);
        assertThat(Installation.status(worker, "/livez")).isEqualTo(200);
        installation.restartKafka();

        await().atMost(LIMIT).until(() -> Installation.status(worker, "/readyz") == 200);
        installation.request("after", "cat.jpg", RequestOptions.NONE);
        await().atMost(LIMIT).until(() -> installation.newestResults().containsKey("after"));
        assertThat(installation.results()).allMatch(Colored.class::isInstance);
        assertThat(installation.deadLetters()).isEmpty();
    }

    @Test
    void shouldHoldPhotosOverStoreOutageThatOutlastsLock() {
        installation.request("before", "cat.jpg", RequestOptions.NONE);
        await().atMost(LIMIT).until(() -> installation.results().size() == 1);
        assertThat(Installation.status(worker, "/readyz")).isEqualTo(200);

        installation.killStore();
        for (int i = 0; i < PHOTOS; i++) {
            installation.request("during-" + i, "cat.jpg", RequestOptions.NONE);
        }
        await().atMost(LIMIT).until(() -> Installation.status(worker, "/readyz") == 503);
        assertThat(Installation.status(worker, "/livez")).isEqualTo(200);
        await().during(LONGER_THAN_LOCK)
                .atMost(LIMIT)
                .until(() -> installation.results().size() == 1
                        && installation.deadLetters().isEmpty());

        installation.restartStore();

        await().atMost(LIMIT).until(() -> installation.newestResults().size() == PHOTOS + 1);
        assertThat(installation.results())
                .allMatch(Colored.class::isInstance)
                .hasSize(PHOTOS + 1)
                .allMatch(result -> result.attempt() <= 2, "was held, or waited for longer than its lock in the client")
                .extracting(ColorizeResult::worker)
                .containsOnly("worker");
        assertThat(installation.deadLetters()).isEmpty();
        await().atMost(LIMIT).until(() -> Installation.status(worker, "/readyz") == 200);
    }
}
