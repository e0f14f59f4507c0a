package dev.colorstream.worker.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoneWorkTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final LoneWork work = new LoneWork();
    private final ExecutorService members = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        members.shutdownNow();
    }

    @Test
    void shouldLetWindowsWorkBesideEachOther() throws Exception {
        work.enterShared();
        work.enterShared();
        work.leaveShared();
        work.leaveShared();

        LoneWork.Turn turn = work.ask();

        assertThat(turn.await(SHORT)).isTrue();
    }

    @Test
    void shouldOpenNoWindowFromWhenSuspectAsksUntilItHasEnded() throws Exception {
        work.enterShared();
        LoneWork.Turn suspect = work.ask();
        assertThat(suspect.await(SHORT)).as("a window is open").isFalse();
        CountDownLatch opened = new CountDownLatch(1);
        Future<?> nextWindow = members.submit(() -> {
            work.enterShared();
            opened.countDown();
            return null;
        });

        work.leaveShared();

        assertThat(suspect.await(LONG)).isTrue();
        assertThat(opened.getCount()).isEqualTo(1);
        suspect.end();
        nextWindow.get();
    }

    @Test
    void shouldLetOneSuspectWorkAfterAnother() throws Exception {
        LoneWork.Turn first = work.ask();
        LoneWork.Turn second = work.ask();
        assertThat(first.await(SHORT)).isTrue();
        assertThat(second.await(SHORT)).isFalse();

        first.end();

        assertThat(second.await(SHORT)).isTrue();
    }

    @Test
    void shouldOpenWindowsAgainWhenSuspectGaveItsTurnUp() throws Exception {
        work.enterShared();
        LoneWork.Turn suspect = work.ask();
        assertThat(suspect.await(SHORT)).isFalse();

        suspect.end();

        members.submit(() -> {
                    work.enterShared();
                    return null;
                })
                .get();
    }
}
