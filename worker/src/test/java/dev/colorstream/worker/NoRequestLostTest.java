package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.local.childjvm.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guarantee: whatever ends a worker, every request ends in a result. */
final class NoRequestLostTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int PHOTOS = 500;
    private static final String DOOMED = "doomed-worker";
    private static final String SURVIVOR = "surviving-worker";

    @TempDir
    static Path directory;

    private static Installation installation;

    @BeforeAll
    static void upload() {
        installation = Installation.start(directory, 1);
        for (int i = 0; i < 10; i++) {
            installation.upload(i + ".jpg", Photos.jpeg(320, 240, i));
        }
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void shouldShareOnePartitionAndLoseNothingWhenOneOfTwoWorkersIsKilled() {
        ChildJvm doomed = installation.startWorkerProcess(DOOMED);
        ChildJvm survivor = installation.startWorkerProcess(SURVIVOR);
        Set<String> sent = send("killed", PHOTOS);
        await().atMost(LIMIT).until(() -> workers("killed").containsAll(List.of(DOOMED, SURVIVOR)));

        doomed.kill();
        assertThat(results("killed")).as("killed in the midst of them").hasSizeLessThan(PHOTOS);

        awaitAll(sent, "killed");
        assertThat(results("killed")).allMatch(Colored.class::isInstance);
        assertThat(installation.deadLetters()).isEmpty();
        assertThat(installation
                        .store()
                        .list("colorized", "_single/killed-")
                        .map(o -> o.address().key()))
                .as("one color photo for each request, however often it was delivered")
                .hasSize(PHOTOS);
        survivor.close();
    }

    @Test
    void shouldEndInOrderByTerminationAndLeaveRestToOthers() {
        Set<String> sent = send("ended", PHOTOS);
        ChildJvm ending = installation.startWorkerProcess("ending-worker", "--consumers", "1");
        await().atMost(LIMIT).until(() -> !results("ended").isEmpty());

        ending.close();
        assertThat(results("ended")).as("ended in the midst of them").hasSizeLessThan(PHOTOS);
        ChildJvm survivor = installation.startWorkerProcess(SURVIVOR);

        awaitAll(sent, "ended");
        assertThat(results("ended"))
                .as("nothing was left half done, so nothing was told twice")
                .hasSize(PHOTOS);
        survivor.close();
    }

    private static Set<String> send(String prefix, int photos) {
        Map<String, String> keysById = new LinkedHashMap<>();
        for (int i = 0; i < photos; i++) {
            keysById.put(prefix + "-" + i, i % 10 + ".jpg");
        }
        installation.request(keysById);
        return keysById.keySet();
    }

    private static void awaitAll(Set<String> sent, String prefix) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(results(prefix))
                        .extracting(result -> result.requestId().value())
                        .containsAll(sent));
    }

    private static List<ColorizeResult> results(String prefix) {
        return installation.results().stream()
                .filter(result -> result.requestId().value().startsWith(prefix + "-"))
                .toList();
    }

    private static Set<String> workers(String prefix) {
        return results(prefix).stream().map(ColorizeResult::worker).collect(Collectors.toSet());
    }
}
