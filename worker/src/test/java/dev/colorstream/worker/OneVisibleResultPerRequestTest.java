package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.contract.result.DeadLetter;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guarantee: deliveries repeat, but a request has one result to see; one that ends workers has its end, too. */
final class OneVisibleResultPerRequestTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    static Path directory;

    private static Installation installation;

    @BeforeAll
    static void upload() {
        installation = Installation.start(directory, 1);
        installation.upload("cat.jpg", Photos.jpeg(50, 50, 1));
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void shouldTellEarlierResultAgainInsteadOfColoringAgain() throws Exception {
        // An earlier delivery stored the photo, and its worker ended before its record was acknowledged.
        Worker first = installation.startWorker("first");
        installation.request("told", "cat.jpg", RequestOptions.NONE);
        Colored told = (Colored) results("told", 1).get(0);
        first.close();
        Found stored = fetch(told.object().address());
        byte[] marked = stored.bytes().clone();
        marked[marked.length - 1] = 0;
        installation.store().put(told.object().address(), marked, stored.contentType(), stored.metadata());
        installation.request("told", "cat.jpg", RequestOptions.NONE);
        installation.deliverInVain(1);

        Worker second = installation.startWorker("second");

        Colored again = (Colored) results("told", 2).get(1);
        assertThat(again.object()).isEqualTo(told.object());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.worker()).isEqualTo("second");
        assertThat(fetch(told.object().address()).bytes())
                .as("not colored again")
                .isEqualTo(marked);
        second.close();
    }

    @Test
    void shouldColorAgainWhatAnotherRequestStoredAndWorkAloneOnSuspect() throws Exception {
        ObjectAddress address = new ObjectAddress("colorized", "_single/suspect/cat.jpg");
        installation.store().put(address, new byte[] {1, 2, 3}, "image/jpeg", Map.of("request-id", "dog"));
        installation.request("suspect", "cat.jpg", RequestOptions.NONE);
        installation.deliverInVain(3);

        Worker worker = installation.startWorker("worker");

        Colored result = (Colored) results("suspect", 1).get(0);
        assertThat(result.attempt()).isEqualTo(3);
        assertThat(result.object().address()).isEqualTo(address);
        assertThat(fetch(address).bytes()).hasSizeGreaterThan(100);
        worker.close();
    }

    @Test
    void shouldEndRequestThatWasDeliveredTooOftenWithoutWorkingOnIt() throws Exception {
        installation.suspect("poison", "cat.jpg", Topics.EXPRESS_REQUESTS + "/0/7/5");

        Worker worker = installation.startWorker("worker");

        Failed failed = (Failed) results("poison", 1).get(0);
        assertThat(failed.reason()).isEqualTo(FailureReason.POISON);
        assertThat(failed.attempt()).isEqualTo(6);
        await().atMost(LIMIT).until(() -> installation.deadLetters().size() == 1);
        DeadLetter letter = installation.deadLetters().get(0);
        assertThat(letter.reason()).isEqualTo(FailureReason.POISON);
        assertThat(letter.attempts()).isEqualTo(6);
        assertThat(letter.topic()).isEqualTo(Topics.EXPRESS_REQUESTS);
        assertThat(letter.offset()).isEqualTo(7);
        assertThat(installation.store().list("colorized", "_single/poison/")).isEmpty();
        worker.close();
    }

    @Test
    void shouldEndSuspectThatItsTopicDoesNotTakeAndGoOn() throws Exception {
        installation.limitSuspects(64);
        installation.request("too-large", "cat.jpg", RequestOptions.NONE);
        installation.deliverInVain(2);

        Worker worker = installation.startWorker("worker");

        Failed failed = (Failed) results("too-large", 1).get(0);
        assertThat(failed.reason()).isEqualTo(FailureReason.POISON);
        assertThat(failed.attempt()).isEqualTo(3);
        installation.request("next", "cat.jpg", RequestOptions.NONE);
        assertThat(results("next", 1).get(0)).isInstanceOf(Colored.class);
        installation.limitSuspects(DeadLetter.MAX_RECORD_BYTES);
        worker.close();
    }

    private static Found fetch(ObjectAddress address) {
        return (Found) installation.store().fetch(address, 1 << 20);
    }

    private static List<ColorizeResult> results(String request, int count) {
        await().atMost(LIMIT).until(() -> results(request).size() == count);
        return results(request);
    }

    private static List<ColorizeResult> results(String request) {
        return installation.results().stream()
                .filter(result -> result.requestId().value().equals(request))
                .toList();
    }
}
