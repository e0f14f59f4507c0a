package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class EngineLanesTest {
    private static final Architecture SMALL = Architecture.named("eccv16-small");
    private static final int SIZE = 32;

    @Test
    void shouldPredictOnManyLanesWhatOneEnginePredicts() throws Exception {
        // given
        Weights weights = RandomWeights.of(SMALL, 3);
        Random random = new Random(5);
        List<float[]> inputs = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            float[] luminance = new float[(1 + i % 3) * SIZE * SIZE];
            for (int pixel = 0; pixel < luminance.length; pixel++) {
                luminance[pixel] = random.nextFloat() * 100;
            }
            inputs.add(luminance);
        }
        List<List<Prediction>> expected = new ArrayList<>();
        try (InferenceEngine one = Dl4jEngine.of(SMALL, weights, SIZE)) {
            inputs.forEach(input -> expected.add(one.predict(input, photos(input))));
        }

        // when
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<List<Prediction>>> predicted = new ArrayList<>();
        try (InferenceEngine lanes = new EngineLanes(List.of(
                Dl4jEngine.of(SMALL, weights, SIZE),
                Dl4jEngine.of(SMALL, weights, SIZE),
                Dl4jEngine.of(SMALL, weights, SIZE)))) {
            inputs.forEach(input -> predicted.add(threads.submit(() -> lanes.predict(input, photos(input)))));
            for (Future<List<Prediction>> prediction : predicted) {
                prediction.get();
            }
        } finally {
            threads.shutdown();
        }

        // then
        for (int i = 0; i < inputs.size(); i++) {
            assertThat(predicted.get(i).get())
                    .usingRecursiveComparison()
                    .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-3 ? 0 : Float.compare(a, b), Float.class)
                    .isEqualTo(expected.get(i));
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void shouldRunAPassOnEachLaneAtOnce() throws Exception {
        // given passes that end only when as many run as there are lanes
        CyclicBarrier allRun = new CyclicBarrier(3);
        ExecutorService threads = Executors.newFixedThreadPool(3);

        // when
        try (InferenceEngine lanes =
                new EngineLanes(List.of(new Meeting(allRun), new Meeting(allRun), new Meeting(allRun)))) {
            List<Future<List<Prediction>>> passes = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                passes.add(threads.submit(() -> lanes.predict(new float[SIZE * SIZE], 1)));
            }

            // then
            for (Future<List<Prediction>> pass : passes) {
                assertThat(pass.get()).isEmpty();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void shouldCloseEveryEngine() {
        InferenceEngine lanes = new EngineLanes(List.of(
                Dl4jEngine.of(SMALL, RandomWeights.of(SMALL, 3), SIZE),
                Dl4jEngine.of(SMALL, RandomWeights.of(SMALL, 3), SIZE)));

        lanes.close();

        for (int lane = 0; lane < 2; lane++) {
            assertThatThrownBy(() -> lanes.predict(new float[SIZE * SIZE], 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    private static int photos(float[] luminance) {
        return luminance.length / (SIZE * SIZE);
    }

    private record Meeting(CyclicBarrier allRun) implements InferenceEngine {
        @Override
        public int inputSize() {
            return SIZE;
        }

        @Override
        public List<Prediction> predict(float[] luminance, int photos) {
            try {
                allRun.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return List.of();
        }

        @Override
        public void close() {}
    }
}
