package dev.colorstream.worker.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.consumer.HeldRecords;
import dev.colorstream.worker.stage.StagePool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StorePatienceTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final StoreAvailability availability = new StoreAvailability("reads");
    private final StorePatience patience = new StorePatience(availability, Duration.ofMillis(1));
    private final StagePool pool = new StagePool(Stage.FETCH, 2, 100, new SimpleMeterRegistry());
    private final AtomicInteger settled = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();

    @AfterEach
    void stop() {
        patience.close();
        pool.close();
    }

    @Test
    void shouldRepeatUntilStoreAnswers() {
        patience.run(pool, assignment(), () -> {
            if (attempts.incrementAndGet() < 4) {
                throw outage();
            }
        });

        await().atMost(LIMIT).until(availability::isAvailable);
        assertThat(attempts).hasValue(4);
        assertThat(settled).as("held all the time").hasValue(0);
    }

    @Test
    void shouldNotGiveUpWhileStoreAnswersNobody() {
        patience.run(pool, assignment(), () -> {
            attempts.incrementAndGet();
            throw outage();
        });

        await().atMost(LIMIT).until(() -> attempts.get() >= 5);
        assertThat(settled).hasValue(0);
        assertThat(availability.isAvailable()).isFalse();
    }

    @Test
    void shouldHandBackPhotoThatStoreFailsForWhileItAnswersForOthers() {
        patience.run(pool, assignment(), () -> {
            attempts.incrementAndGet();
            availability.answered();
            throw outage();
        });

        await().atMost(LIMIT).until(() -> settled.get() == 1);
        assertThat(attempts).hasValue(8);
    }

    @Test
    void shouldHandBackPhotoThatStoreFailsForWhileItServesAgainWhatItServedLast() {
        patience.served(served::incrementAndGet);

        patience.run(pool, assignment(), () -> {
            attempts.incrementAndGet();
            throw outage();
        });

        await().atMost(LIMIT).until(() -> settled.get() == 1);
        assertThat(attempts).as("nothing tells at the first").hasValue(9);
        assertThat(served).hasValue(8);
        assertThat(availability.isAvailable()).as("for others").isTrue();
    }

    @Test
    void shouldNotGiveUpWhileStoreDoesNotServeWhatItServedLast() {
        patience.served(() -> {
            served.incrementAndGet();
            throw outage();
        });

        patience.run(pool, assignment(), () -> {
            attempts.incrementAndGet();
            throw outage();
        });

        await().atMost(LIMIT).until(() -> served.get() > 10);
        assertThat(settled).hasValue(0);
        assertThat(availability.isAvailable()).isFalse();
    }

    @Test
    void shouldNotHoldAgainstPhotoThatStoreWasNotAskedForIt() {
        patience.run(pool, assignment(), () -> {
            attempts.incrementAndGet();
            availability.answered();
            throw StoreUnavailableException.ofStore("left alone for a while", null);
        });

        await().atMost(LIMIT).until(() -> attempts.get() > 10);
        assertThat(settled).hasValue(0);
    }

    @Test
    void shouldHandBackPhotoWhoseWorkBreaks() {
        patience.run(pool, assignment(), () -> {
            throw new IllegalStateException("a mistake");
        });

        await().atMost(LIMIT).until(() -> settled.get() == 1);
    }

    private Assignment assignment() {
        ColorizeRequest request = new ColorizeRequest(
                new RequestId("cat"),
                Optional.empty(),
                new ObjectAddress("uploads", "cat.jpg"),
                RequestOptions.NONE,
                Instant.EPOCH);
        return new Assignment(HeldRecords.settling(settled::incrementAndGet), request, false);
    }

    private static StoreUnavailableException outage() {
        return new StoreUnavailableException("the store does not answer", null);
    }
}
