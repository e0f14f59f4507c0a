package dev.colorstream.worker.modelversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.Prediction;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.worker.modelversion.VersionState.Draining;
import dev.colorstream.worker.modelversion.VersionState.Retired;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ServingTest {
    private static final ModelVersionId VERSION = new ModelVersionId("v1");

    private final CountingEngine engine = new CountingEngine();
    private final Serving serving = new Serving(new ServedModel(VERSION, Palette.DEFAULT, Colorizer.of(engine)));

    @Test
    void shouldCloseBehindItsLastLease() {
        Lease first = serving.lease().orElseThrow();
        Lease second = serving.lease().orElseThrow();

        Draining draining = serving.drain();

        assertThat(serving.lease()).isEmpty();
        first.close();
        first.close();
        assertThat(engine.closings).hasValue(0);
        assertThat(draining.end()).isNotDone();
        second.close();
        assertThat(engine.closings).hasValue(1);
        assertThat(draining.end()).isCompletedWithValue(new Retired(VERSION));
        assertThat(second.model().version()).isEqualTo(VERSION);
    }

    @Test
    void shouldCloseAtOnceWhereNobodyHoldsIt() {
        serving.lease().orElseThrow().close();

        assertThat(serving.drain().end()).isCompleted();
        assertThat(engine.closings).hasValue(1);
    }

    @Test
    void shouldNeverCloseUnderALeaseWhateverTheMoment() throws Exception {
        int threads = 4;
        CountDownLatch underWay = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Integer>> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(pool.submit(() -> {
                int passes = 0;
                for (Optional<Lease> lease = serving.lease(); lease.isPresent(); lease = serving.lease()) {
                    Lease held = lease.orElseThrow();
                    held.model().colorizer().predict(List.of(new float[1]));
                    held.close();
                    passes++;
                    if (passes == 1) {
                        underWay.countDown();
                    }
                }
                return passes;
            }));
        }
        underWay.await();

        Draining draining = serving.drain();

        for (Future<Integer> worker : workers) {
            assertThat(worker.get()).isPositive();
        }
        pool.shutdown();
        assertThat(draining.end()).isCompleted();
        assertThat(engine.closings).hasValue(1);
    }

    /** An engine of one pixel that fails when it is used after its end. */
    private static final class CountingEngine implements InferenceEngine {
        private final AtomicInteger closings = new AtomicInteger();

        @Override
        public int inputSize() {
            return 1;
        }

        @Override
        public List<Prediction> predict(float[] luminance, int photos) {
            if (closings.get() > 0) {
                throw new IllegalStateException("closed");
            }
            return List.of(new Prediction.AbPlane(1, 1, new float[1], new float[1]));
        }

        @Override
        public void close() {
            closings.incrementAndGet();
        }
    }
}
