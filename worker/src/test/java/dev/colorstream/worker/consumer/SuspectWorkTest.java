package dev.colorstream.worker.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.worker.consumer.ShareGroupSource.Stopping;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SuspectWorkTest {
    private static final Duration ASKING = Duration.ofMillis(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final LoneWork loneWork = new LoneWork();
    private final Stopping stopping = new Stopping();
    private final HeldRecord suspect = HeldRecords.any();
    private final ExecutorService members = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        members.shutdownNow();
    }

    @Test
    void shouldLetWindowsOpenWhileSuspectPauses() throws Exception {
        CountDownLatch paused = new CountDownLatch(1);
        suspect.toDo(() -> {
            suspect.pause();
            paused.countDown();
        });
        Future<?> work = work();
        await(paused);

        loneWork.enterShared();
        CountDownLatch wentOn = new CountDownLatch(1);
        suspect.goOn(() -> {
            wentOn.countDown();
            suspect.requestEnded();
        });
        assertThat(wentOn.await(SHORT.toMillis(), TimeUnit.MILLISECONDS))
                .as("beside an open window")
                .isFalse();
        loneWork.leaveShared();

        work.get();
        assertThat(suspect.isSettled()).isTrue();
    }

    @Test
    void shouldLetOtherWindowsOpenWhileOneStaysOpen() throws Exception {
        loneWork.enterShared();
        suspect.toDo(suspect::requestEnded);
        Future<?> work = work();

        for (int window = 0; window < 3; window++) {
            loneWork.enterShared();
            loneWork.leaveShared();
        }
        assertThat(suspect.isSettled()).isFalse();
        loneWork.leaveShared();

        work.get();
        assertThat(suspect.isSettled()).isTrue();
    }

    private Future<?> work() {
        return members.submit(() -> {
            new SuspectWork(suspect, loneWork, stopping, () -> {}, ASKING).run(() -> {});
            return null;
        });
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
