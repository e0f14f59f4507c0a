package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.abbins.AbBins;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

final class TrainableNetworkTest {
    private static final Architecture SMALL = Architecture.named("eccv16-small");
    private static final int SIZE = 32;
    private static final TrainableNetwork.Plan PLAN = new TrainableNetwork.Plan(2e-3, 2, 40, 1e-3, 0.9, 1);

    @Test
    void shouldLearnABatchByHeart() {
        try (TrainableNetwork network = TrainableNetwork.initialized(SMALL, SIZE, PLAN, uniform())) {
            // given
            TrainingBatch batch = batch(4, 1);
            double before = network.fit(batch);

            // when
            double after = before;
            for (int step = 0; step < 25; step++) {
                after = network.fit(batch);
            }

            // then: it begins at the uniform distribution's loss and gets well below
            assertThat(before).isCloseTo(Math.log(AbBins.COUNT), within(2.0));
            assertThat(after).isLessThan(0.7 * before);
            assertThat(network.averagedWeights().areFinite()).isTrue();
        }
    }

    @Test
    void shouldContinueTheSameCurveAfterResuming(@TempDir Path folder) {
        // given
        double[] uninterrupted = new double[6];
        double[] resumed = new double[6];
        try (TrainableNetwork network = TrainableNetwork.initialized(SMALL, SIZE, PLAN, uniform())) {
            for (int step = 0; step < 6; step++) {
                uninterrupted[step] = network.fit(batch(2, step));
                resumed[step] = uninterrupted[step];
                if (step == 2) {
                    network.saveCheckpoint(folder);
                }
            }
        }

        // when
        try (TrainableNetwork network = TrainableNetwork.resumed(SMALL, PLAN, folder)) {
            assertThat(network.step()).isEqualTo(3);
            for (int step = 3; step < 6; step++) {
                resumed[step] = network.fit(batch(2, step));
            }
        }

        // then
        for (int step = 0; step < 6; step++) {
            assertThat(resumed[step]).isCloseTo(uninterrupted[step], within(1e-3));
        }
    }

    @Test
    void shouldTakeBatchesOfSeveralSizes() {
        try (TrainableNetwork network = TrainableNetwork.initialized(SMALL, SIZE, PLAN, uniform())) {
            double small = network.fit(batch(2, 1));
            double large = network.fit(batch(2, 48, 1));
            assertThat(small).isFinite();
            assertThat(large).isFinite();
        }
    }

    /** The own convolution layer, space-to-batch and rows of pixels against finite differences, in double precision. */
    @Test
    void shouldHaveTheGradientThatDifferencesGive() {
        // given
        ComputationGraph graph = Dl4jGraph.training(SMALL, SIZE, new NoOp(), 0, 5, DataType.DOUBLE);
        TrainingBatch batch = batch(2, 3);
        INDArray input = Nd4j.createFromArray(batch.luminance())
                .castTo(DataType.DOUBLE)
                .subi(50)
                .divi(50)
                .reshape(2, SIZE, SIZE, 1);
        INDArray targets = Nd4j.createFromArray(batch.targets())
                .castTo(DataType.DOUBLE)
                .reshape(batch.targets().length / AbBins.COUNT, AbBins.COUNT);
        MultiDataSet data = new MultiDataSet(input, targets);
        graph.setInputs(input);
        graph.setLabels(targets);
        graph.computeGradientAndScore();
        INDArray gradient = graph.getFlattenedGradients().dup();
        INDArray parameters = graph.params();

        // when, then
        Random random = new Random(9);
        double step = 1e-5;
        for (String name : Arrays.asList("conv1_2_W", "conv5_1_W", "conv8_1_W", "conv2_8_norm_gamma", "logits_b")) {
            INDArray values = graph.getParam(name);
            for (int i = 0; i < 3; i++) {
                long index = (values.offset() - parameters.offset()) + random.nextInt((int) values.length());
                double at = parameters.getDouble(index);
                parameters.putScalar(index, at + step);
                double above = graph.score(data, true);
                parameters.putScalar(index, at - step);
                double below = graph.score(data, true);
                parameters.putScalar(index, at);
                double expected = (above - below) / (2 * step);
                // Deeplearning4j divides by the batch's rows when it updates.
                double given = gradient.getDouble(index) / targets.rows();
                assertThat(given).as(name).isCloseTo(expected, within(1e-5 + 2e-3 * Math.abs(expected)));
            }
        }
        graph.close();
    }

    private static double[] uniform() {
        double[] probabilities = new double[AbBins.COUNT];
        Arrays.fill(probabilities, 1.0 / AbBins.COUNT);
        return probabilities;
    }

    private static TrainingBatch batch(int photos, long seed) {
        return batch(photos, SIZE, seed);
    }

    private static TrainingBatch batch(int photos, int size, long seed) {
        Random random = new Random(seed);
        int cells = photos * (size / 4) * (size / 4);
        float[] targets = new float[cells * AbBins.COUNT];
        for (int cell = 0; cell < cells; cell++) {
            targets[cell * AbBins.COUNT + random.nextInt(20)] = 1;
        }
        return new TrainingBatch(photos, size, RandomWeights.luminance(photos, size, seed), targets);
    }
}
