package dev.colorstream.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BudgetTest {
    private final Budget budget = new Budget(100);
    private final ExecutorService decoders = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        decoders.shutdownNow();
    }

    @Test
    void shouldMakePhotosWaitThatExceedBudget() throws Exception {
        Budget.Share first = budget.take(Lane.BULK, 70);
        Future<Budget.Share> second = decoders.submit(() -> budget.take(Lane.BULK, 40));
        assertThat(budget.free()).isEqualTo(30);
        assertThat(second).isNotDone();

        first.giveBack();

        second.get().giveBack();
        assertThat(budget.free()).isEqualTo(100);
    }

    @Test
    void shouldLetOversizedPhotoRunAlone() throws Exception {
        Budget.Share small = budget.take(Lane.BULK, 1);
        Future<Budget.Share> oversized = decoders.submit(() -> budget.take(Lane.BULK, 1_000_000));
        assertThat(oversized).isNotDone();

        small.giveBack();

        Budget.Share all = oversized.get();
        assertThat(budget.free()).isZero();
        all.giveBack();
        assertThat(budget.free()).isEqualTo(100);
    }

    @Test
    void shouldNotPassOverLargePhotoThatWaits() throws Exception {
        Budget.Share first = budget.take(Lane.BULK, 60);
        Future<Budget.Share> large = decoders.submit(() -> budget.take(Lane.BULK, 90));
        await().until(() -> budget.waiting() == 1);
        Future<Budget.Share> small = decoders.submit(() -> budget.take(Lane.BULK, 10));
        await().until(() -> budget.waiting() == 2);
        assertThat(small).isNotDone();

        first.giveBack();

        large.get().giveBack();
        small.get().giveBack();
    }

    @Test
    void shouldKeepAShareForExpressPhotos() throws Exception {
        Budget.Share bulk = budget.take(Lane.BULK, 75);
        Future<Budget.Share> next = decoders.submit(() -> budget.take(Lane.BULK, 5));
        await().until(() -> budget.waiting() == 1);

        Budget.Share express = budget.take(Lane.EXPRESS, 25);

        assertThat(next).isNotDone();
        express.giveBack();
        bulk.giveBack();
        next.get().giveBack();
        assertThat(budget.free()).isEqualTo(100);
    }

    @Test
    void shouldTakeShareBackOnce() throws Exception {
        Budget.Share share = budget.take(Lane.BULK, 10);

        share.giveBack();
        share.giveBack();

        assertThat(budget.free()).isEqualTo(100);
    }
}
