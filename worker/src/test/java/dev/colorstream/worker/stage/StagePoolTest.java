package dev.colorstream.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Stage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StagePoolTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StagePool pool = new StagePool(Stage.DECODE, 1, 10, registry);
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void close() {
        held.countDown();
        pool.close();
    }

    @Test
    void shouldNotMakeExpressPhotosWaitForBulkPhotos() {
        AtomicBoolean done = new AtomicBoolean();
        hold(Lane.BULK);
        hold(Lane.BULK);

        pool.run(Lane.EXPRESS, () -> done.set(true), () -> {});

        await().untilTrue(done);
    }

    @Test
    void shouldTellHowManyPhotosWaitInBothLanes() {
        for (Lane lane : Lane.values()) {
            hold(lane);
            hold(lane);
        }

        await().untilAsserted(() -> assertThat(
                        registry.get("colorstream.stage.queue").gauge().value())
                .isEqualTo(2));
    }

    @Test
    void shouldHandPhotoBackWhoseWorkThrows() {
        AtomicBoolean handedBack = new AtomicBoolean();

        pool.run(
                Lane.BULK,
                () -> {
                    throw new IllegalStateException("a mistake");
                },
                () -> handedBack.set(true));

        await().untilTrue(handedBack);
    }

    @Test
    void shouldHandPhotoBackThatComesAfterTheEnd() {
        AtomicBoolean handedBack = new AtomicBoolean();
        pool.close();

        pool.run(Lane.BULK, () -> {}, () -> handedBack.set(true));

        assertThat(handedBack).isTrue();
    }

    private void hold(Lane lane) {
        pool.run(
                lane,
                () -> {
                    try {
                        held.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                () -> {});
    }
}
