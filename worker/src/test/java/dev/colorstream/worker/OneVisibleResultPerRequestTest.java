package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.contract.result.DeadLetter;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guarantee: deliveries repeat, but a request has one result to see; one that ends workers has its end, too. */
final class OneVisibleResultPerRequestTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final ObjectAddress COLOR = new ObjectAddress("colorized", "_single/cat/cat.jpg");

    @TempDir
    Path directory;

    private Installation installation;

    @BeforeEach
    void upload() {
        installation = Installation.start(directory, 1);
        installation.upload("cat.jpg", Photos.jpeg(50, 50, 1));
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void shouldTellEarlierResultAgainInsteadOfColoringAgain() throws Exception {
        // An earlier delivery stored the photo, and its worker ended before it told the result.
        Worker first = installation.startWorker("first");
        installation.request("cat", "cat.jpg", RequestOptions.NONE);
        await().atMost(LIMIT).until(() -> installation.results().size() == 1);
        first.close();
        Found stored = (Found) installation.store().fetch(COLOR, 1 << 20);
        byte[] marked = stored.bytes().clone();
        marked[marked.length - 1] = 0;
        installation.store().put(COLOR, marked, stored.contentType(), stored.metadata());
        installation.request("cat", "cat.jpg", RequestOptions.NONE);
        installation.deliverInVain(1);

        installation.startWorker("second");

        await().atMost(LIMIT).until(() -> installation.results().size() == 2);
        Colored told = (Colored) installation.results().get(0);
        Colored again = (Colored) installation.results().get(1);
        assertThat(again.object()).isEqualTo(told.object());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.worker()).isEqualTo("second");
        assertThat(((Found) installation.store().fetch(COLOR, 1 << 20)).bytes())
                .as("not colored again")
                .isEqualTo(marked);
    }

    @Test
    void shouldColorAgainWhatAnotherRequestStored() throws Exception {
        installation.store().put(COLOR, new byte[] {1, 2, 3}, "image/jpeg", Map.of("request-id", "dog"));
        installation.request("cat", "cat.jpg", RequestOptions.NONE);
        installation.deliverInVain(3);

        installation.startWorker("worker");

        await().atMost(LIMIT).until(() -> installation.results().size() == 1);
        assertThat(installation.results().get(0).attempt()).isEqualTo(4);
        assertThat(((Found) installation.store().fetch(COLOR, 1 << 20)).bytes()).hasSizeGreaterThan(100);
    }

    @Test
    void shouldEndRequestThatWasDeliveredTooOftenWithoutWorkingOnIt() throws Exception {
        installation.request("cat", "cat.jpg", RequestOptions.NONE);
        installation.deliverInVain(5);

        installation.startWorker("worker");

        await().atMost(LIMIT).until(() -> installation.deadLetters().size() == 1);
        Failed failed = (Failed) installation.results().get(0);
        assertThat(failed.reason()).isEqualTo(FailureReason.POISON);
        assertThat(failed.attempt()).isEqualTo(6);
        DeadLetter letter = installation.deadLetters().get(0);
        assertThat(letter.reason()).isEqualTo(FailureReason.POISON);
        assertThat(letter.attempts()).isEqualTo(6);
        assertThat(installation.store().stat(COLOR)).isEmpty();
    }
}
