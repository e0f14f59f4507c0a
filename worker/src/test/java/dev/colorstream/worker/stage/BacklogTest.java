package dev.colorstream.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BacklogTest {
    /** 75 for bulk photos. */
    private final Backlog backlog = new Backlog(100);

    private final ExecutorService decoders = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        decoders.shutdownNow();
    }

    @Test
    void shouldKeepPhotosWaitingWhileFilesFillTheirPart() throws Exception {
        Backlog.Place first = backlog.add(Lane.BULK, 30);
        backlog.awaitRoom(Lane.BULK);
        backlog.add(Lane.BULK, 30);
        backlog.add(Lane.BULK, 30);
        Future<?> next = awaiting(Lane.BULK);
        assertThat(next).isNotDone();

        first.giveBack();
        first.giveBack();

        await().until(next::isDone);
        assertThat(backlog.bytes()).isEqualTo(60);
    }

    @Test
    void shouldKeepPartForExpressPhotos() throws Exception {
        backlog.add(Lane.BULK, 1_000);
        backlog.add(Lane.BULK, 1_000);

        backlog.awaitRoom(Lane.EXPRESS);

        assertThat(awaiting(Lane.BULK)).isNotDone();
    }

    @Test
    void shouldLetNoSingleFileKeepOthersOut() throws Exception {
        backlog.add(Lane.BULK, 1_000_000);

        backlog.awaitRoom(Lane.BULK);
    }

    private Future<?> awaiting(Lane lane) {
        return decoders.submit(() -> {
            backlog.awaitRoom(lane);
            return lane;
        });
    }
}
