package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.abbins.AbBins;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.gradient.Gradient;
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
    private static final Architecture FUSION = Architecture.named("fusion-small");
    private static final int SIZE = 32;
    private static final double TOLERANCE = 1e-6;
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

    @Test
    void shouldLearnColorsThemselvesByHeart() {
        Architecture regression = SMALL.predicting(Head.AB_PLANE);
        try (TrainableNetwork network = TrainableNetwork.initialized(regression, SIZE, PLAN, 0)) {
            assertThat(lossAfterLearning(network, colors(4, 1, new int[0]))).isLessThan(0.5);
        }
    }

    @Test
    void shouldLearnColorsAndScenesByHeartAndResume(@TempDir Path folder) {
        TrainingBatch batch = colors(4, 1, new int[] {0, 2, 1, 2});
        double next;
        try (TrainableNetwork network = TrainableNetwork.initialized(FUSION, SIZE, PLAN, 3)) {
            assertThat(lossAfterLearning(network, batch)).isLessThan(0.5);
            network.saveCheckpoint(folder);
            next = network.fit(batch);
        }
        try (TrainableNetwork network = TrainableNetwork.resumed(FUSION, PLAN, folder)) {
            assertThat(network.fit(batch)).isCloseTo(next, within(1e-3 * next));
            assertThat(network.fit(colors(2, 48, 1, new int[] {0, 1}))).isFinite();
            assertThatThrownBy(() -> network.fit(colors(1, 1, new int[] {3})))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("scene 3");
        }
    }

    @Test
    void shouldRefuseScenesWithoutGlobalFeatures() {
        assertThatThrownBy(() -> TrainableNetwork.initialized(SMALL.predicting(Head.AB_PLANE), SIZE, PLAN, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eccv16-small");
    }

    /** The loss after 25 steps by that of the first. */
    private static double lossAfterLearning(TrainableNetwork network, TrainingBatch batch) {
        double before = network.fit(batch);
        double after = before;
        for (int step = 0; step < 25; step++) {
            after = network.fit(batch);
        }
        assertThat(network.averagedWeights().areFinite()).isTrue();
        return after / before;
    }

    /** The own convolution layer, space-to-batch and rows of pixels against finite differences, in double precision. */
    @Test
    void shouldHaveTheGradientThatDifferencesGive() {
        TrainingBatch batch = batch(2, 3);
        assertGradient(
                SMALL,
                0,
                batch,
                Arrays.asList("conv1_2_W", "conv5_1_W", "conv8_1_W", "conv5_1_norm_gamma", "logits_b"));
    }

    @Test
    void shouldHaveTheGradientThatDifferencesGiveWhenItPredictsColors() {
        assertGradient(
                SMALL.predicting(Head.AB_PLANE),
                0,
                colors(2, 3, new int[0]),
                Arrays.asList("conv1_2_W", "conv5_1_W", "ab_W", "ab_b"));
    }

    /** Global mean, tiling, fusion and the class branch too. */
    @Test
    void shouldHaveTheGradientThatDifferencesGiveWhenItLearnsScenes() {
        assertGradient(
                FUSION,
                3,
                colors(2, 3, new int[] {2, 0}),
                Arrays.asList(
                        "low2_W",
                        "global2_W",
                        "global_fc1_W",
                        "global_fc3_W",
                        "mid2_W",
                        "fused_W",
                        "ab_W",
                        "scene_hidden_W",
                        "scene_logits_b"));
    }

    @Test
    void shouldKeepTheScenesGradientOutOfTheColorHead() {
        // given: photos whose colors do not count
        TrainingBatch gray = new TrainingBatch(
                2, SIZE, RandomWeights.luminance(2, SIZE, 3), new float[2 * 8 * 8 * 3], new int[] {2, 0});
        ComputationGraph graph = Dl4jGraph.training(FUSION, SIZE, new NoOp(), 0, 5, DataType.DOUBLE, 3);

        // when
        set(graph, dataOf(FUSION, gray, 3));
        graph.computeGradientAndScore();

        // then
        Gradient gradients = graph.gradient();
        for (String name : Arrays.asList("mid1_W", "fused_W", "global_fc3_W", "color1_W", "ab_W")) {
            assertThat(gradients.getGradientFor(name).norm1Number().doubleValue())
                    .as(name)
                    .isZero();
        }
        for (String name : Arrays.asList("low1_W", "global1_W", "global_fc2_W", "scene_logits_W")) {
            assertThat(gradients.getGradientFor(name).norm1Number().doubleValue())
                    .as(name)
                    .isPositive();
        }
        graph.close();
    }

    private static void assertGradient(
            Architecture architecture, int scenes, TrainingBatch batch, List<String> parameterNames) {
        // given
        ComputationGraph graph = Dl4jGraph.training(architecture, SIZE, new NoOp(), 0, 5, DataType.DOUBLE, scenes);
        MultiDataSet data = dataOf(architecture, batch, scenes);
        set(graph, data);
        graph.computeGradientAndScore();
        INDArray gradient = graph.getFlattenedGradients().dup();
        INDArray parameters = graph.params();

        // when, then
        Random random = new Random(9);
        double step = 1e-5;
        for (String name : parameterNames) {
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
                double given = gradient.getDouble(index) / batch.cells();
                assertThat(given).as(name).isCloseTo(expected, within(TOLERANCE + 2e-3 * Math.abs(expected)));
            }
        }
        graph.close();
    }

    private static MultiDataSet dataOf(Architecture architecture, TrainingBatch batch, int scenes) {
        INDArray input = Nd4j.createFromArray(batch.luminance())
                .castTo(DataType.DOUBLE)
                .subi(50)
                .divi(50)
                .reshape(batch.photos(), SIZE, SIZE, 1);
        INDArray targets = Nd4j.createFromArray(batch.targets())
                .castTo(DataType.DOUBLE)
                .reshape(batch.cells(), architecture.head().targetValues());
        if (scenes == 0) {
            return new MultiDataSet(input, targets);
        }
        INDArray sceneTargets = Nd4j.createFromArray(TrainableNetwork.sceneTargets(batch, scenes))
                .castTo(DataType.DOUBLE)
                .reshape(batch.cells(), scenes);
        return new MultiDataSet(new INDArray[] {input}, new INDArray[] {targets, sceneTargets});
    }

    private static void set(ComputationGraph graph, MultiDataSet data) {
        graph.setInputs(data.getFeatures());
        graph.setLabels(data.getLabels());
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

    private static TrainingBatch colors(int photos, long seed, int[] scenes) {
        return colors(photos, SIZE, seed, scenes);
    }

    /** Photos of one color each; every fifth cell does not count. */
    private static TrainingBatch colors(int photos, int size, long seed, int[] scenes) {
        Random random = new Random(seed);
        int cells = (size / 4) * (size / 4);
        float[] targets = new float[photos * cells * 3];
        for (int photo = 0; photo < photos; photo++) {
            float a = (float) random.nextGaussian();
            float b = (float) random.nextGaussian();
            for (int cell = 0; cell < cells; cell++) {
                int row = 3 * (photo * cells + cell);
                targets[row] = a;
                targets[row + 1] = b;
                targets[row + 2] = cell % 5 == 0 ? 0 : 1;
            }
        }
        return new TrainingBatch(photos, size, RandomWeights.luminance(photos, size, seed), targets, scenes);
    }
}
