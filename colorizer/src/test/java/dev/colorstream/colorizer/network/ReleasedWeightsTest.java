package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Layer.BatchNorm;
import dev.colorstream.colorizer.network.Layer.Convolution;
import dev.colorstream.colorizer.network.Layer.Relu;
import dev.colorstream.colorizer.network.Layer.TransposedConvolution;
import dev.colorstream.colorizer.torchfile.TorchFileException;
import dev.colorstream.colorizer.torchfile.TorchTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Speaks of {@code eccv16} with a 32nd of its channels. */
final class ReleasedWeightsTest {
    private static final Architecture NARROW = narrow(Architecture.named("eccv16"), 32);

    private final Map<String, TorchTensor> tensors = released();

    @Test
    void shouldPutEachTensorWhereTheSameLayerIs() {
        Weights weights = ReleasedWeights.of(NARROW, tensors);

        assertThat(weights.get("conv3_2", Weights.KERNEL)).isEqualTo(values("model3.2.weight"));
        assertThat(weights.get("conv8_1", Weights.KERNEL)).isEqualTo(values("model8.0.weight"));
        assertThat(weights.get("conv1_2_relu_norm", Weights.SCALE)).isEqualTo(values("model1.4.weight"));
        assertThat(weights.get("conv1_2_relu_norm", Weights.SHIFT)).isEqualTo(values("model1.4.bias"));
        assertThat(weights.get("conv7_3_relu_norm", Weights.MEAN)).isEqualTo(values("model7.6.running_mean"));
        assertThat(weights.get("conv7_3_relu_norm", Weights.VARIANCE)).isEqualTo(values("model7.6.running_var"));
    }

    @Test
    void shouldHalveTheFirstKernelSinceLuminanceIsTwiceAsLargeHere() {
        float[] kernel = ReleasedWeights.of(NARROW, tensors).get("conv1_1", Weights.KERNEL);

        for (int i = 0; i < kernel.length; i++) {
            assertThat(kernel[i]).isEqualTo(values("model1.0.weight")[i] / 2);
        }
    }

    @Test
    void shouldPutTheLogitsIntoTheOrderOfTheBins() {
        // given: a file whose bins stand the other way round
        tensors.put("model_out.weight", centers(bin -> AbBins.COUNT - 1 - bin));

        float[] bias = ReleasedWeights.of(NARROW, tensors).get("logits", Weights.BIAS);

        float[] released = values("model8.6.bias");
        for (int bin = 0; bin < AbBins.COUNT; bin++) {
            assertThat(bias[bin]).isEqualTo(released[AbBins.COUNT - 1 - bin]);
        }
    }

    @Test
    void shouldNameEveryTensorThatIsNotAsItMustBe() {
        tensors.remove("model5.2.bias");
        tensors.put("model1.0.weight", new TorchTensor(List.of(2L, 4L, 1L, 1L), new float[8]));
        values("model8.6.bias")[7] = Float.NaN;
        tensors.put("hints.0.weight", new TorchTensor(List.of(), new float[1]));

        assertThatThrownBy(() -> ReleasedWeights.of(NARROW, tensors))
                .isInstanceOf(TorchFileException.class)
                .hasMessageContaining("model5.2.bias of 32-bit floats is missing")
                .hasMessageContaining("model1.0.weight has the shape [2, 4, 1, 1], not [2, 1, 3, 3]")
                .hasMessageContaining("model8.6.bias holds values that are no finite numbers")
                .hasMessageContaining("hints.0.weight is none of this network's");
    }

    @Test
    void shouldRefuseOtherBins() {
        tensors.put("model_out.weight", centers(bin -> 0));

        assertThatThrownBy(() -> ReleasedWeights.of(NARROW, tensors))
                .hasMessageContaining("model_out.weight names other ab bins: 1 of 313 are known");
    }

    private float[] values(String name) {
        return tensors.getOrDefault(name, new TorchTensor(List.of(0L), new float[0]))
                .values();
    }

    private interface Order {
        int binAt(int place);
    }

    private static TorchTensor centers(Order order) {
        float[] centers = new float[2 * AbBins.COUNT];
        for (int place = 0; place < AbBins.COUNT; place++) {
            centers[place] = AbBins.a(order.binAt(place)) / 110f;
            centers[AbBins.COUNT + place] = AbBins.b(order.binAt(place)) / 110f;
        }
        return new TorchTensor(List.of(2L, (long) AbBins.COUNT, 1L, 1L), centers);
    }

    /** The port's tensors by its own numbering: a ReLU behind each convolution, then the block's batch normalization. */
    private static Map<String, TorchTensor> released() {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        int[] convolutions = {2, 2, 3, 3, 3, 3, 3};
        int[] channels = {2, 4, 8, 16, 16, 16, 16};
        int in = 1;
        for (int block = 0; block < convolutions.length; block++) {
            int out = channels[block];
            for (int convolution = 0; convolution < convolutions[block]; convolution++) {
                String name = "model" + (block + 1) + "." + 2 * convolution;
                put(tensors, name + ".weight", out, in, 3, 3);
                put(tensors, name + ".bias", out);
                in = out;
            }
            for (String role : List.of("weight", "bias", "running_mean", "running_var")) {
                put(tensors, "model" + (block + 1) + "." + 2 * convolutions[block] + "." + role, out);
            }
        }
        put(tensors, "model8.0.weight", 16, 8, 4, 4);
        put(tensors, "model8.0.bias", 8);
        for (String name : List.of("model8.2", "model8.4")) {
            put(tensors, name + ".weight", 8, 8, 3, 3);
            put(tensors, name + ".bias", 8);
        }
        put(tensors, "model8.6.weight", AbBins.COUNT, 8, 1, 1);
        put(tensors, "model8.6.bias", AbBins.COUNT);
        return tensors;
    }

    private static void put(Map<String, TorchTensor> tensors, String name, long... shape) {
        Random random = new Random(name.hashCode());
        float[] values = new float[(int) LongStream.of(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        tensors.put(name, new TorchTensor(LongStream.of(shape).boxed().toList(), values));
    }

    private static Architecture narrow(Architecture wide, int factor) {
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : wide.layers()) {
            if (layer instanceof Convolution c) {
                int out = c.name().equals("logits") ? c.out() : c.out() / factor;
                int in = Math.max(1, c.in() / factor);
                layers.add(new Convolution(c.name(), c.input(), in, out, c.kernel(), c.stride(), c.dilation()));
            } else if (layer instanceof TransposedConvolution t) {
                layers.add(new TransposedConvolution(t.name(), t.input(), t.in() / factor, t.out() / factor));
            } else if (layer instanceof BatchNorm b) {
                layers.add(new BatchNorm(b.name(), b.input(), b.channels() / factor));
            } else {
                assertThat(layer).isInstanceOf(Relu.class);
                layers.add(layer);
            }
        }
        return new Architecture(wide.name(), layers);
    }
}
