package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.local.childjvm.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guarantee: whatever ends a worker, every request ends in a result. */
final class NoRequestLostTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int PHOTOS = 500;
    private static final String DOOMED = "doomed-worker";
    private static final String SURVIVOR = "surviving-worker";

    @TempDir
    Path directory;

    private Installation installation;

    @BeforeEach
    void upload() {
        installation = Installation.start(directory, 1);
        for (int i = 0; i < 10; i++) {
            installation.upload(i + ".jpg", Photos.jpeg(64, 48, i));
        }
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void shouldShareOnePartitionAndLoseNothingWhenOneOfTwoWorkersIsKilled() {
        ChildJvm doomed = installation.startWorkerProcess(DOOMED);
        installation.startWorkerProcess(SURVIVOR);
        Set<String> sent = send(PHOTOS);
        await().atMost(LIMIT).until(() -> workers(installation.results()).containsAll(List.of(DOOMED, SURVIVOR)));

        doomed.kill();

        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(installation.newestResults().keySet()).containsAll(sent));
        assertThat(installation.newestResults().values()).allMatch(Colored.class::isInstance);
        assertThat(installation.deadLetters()).isEmpty();
        assertOneColorObjectEach(sent);
    }

    @Test
    void shouldEndInOrderByTerminationAndLeaveRestToOthers() {
        ChildJvm ending = installation.startWorkerProcess("ending-worker");
        Set<String> sent = send(100);
        await().atMost(LIMIT).until(() -> !installation.results().isEmpty());

        ending.close();
        List<ColorizeResult> before = installation.results();
        installation.startWorkerProcess(SURVIVOR);

        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(installation.newestResults().keySet()).containsAll(sent));
        // An orderly end leaves nothing half done: no request is told twice.
        assertThat(installation.results()).hasSize(sent.size());
        assertThat(workers(before)).containsExactly("ending-worker");
    }

    private Set<String> send(int photos) {
        return IntStream.range(0, photos)
                .mapToObj(i -> {
                    String id = "request-" + i;
                    installation.request(id, i % 10 + ".jpg", RequestOptions.NONE);
                    return id;
                })
                .collect(Collectors.toSet());
    }

    private void assertOneColorObjectEach(Set<String> sent) {
        Set<String> objects = new HashSet<>();
        installation
                .store()
                .list("colorized", "")
                .forEach(object -> objects.add(object.address().key()));
        assertThat(objects).hasSize(sent.size());
        for (ColorizeResult result : installation.results()) {
            assertThat(objects).contains(((Colored) result).object().address().key());
        }
    }

    private static Set<String> workers(List<ColorizeResult> results) {
        return results.stream().map(ColorizeResult::worker).collect(Collectors.toSet());
    }
}
