package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.network.Layer.BatchNorm;
import dev.colorstream.colorizer.network.Layer.Convolution;
import dev.colorstream.colorizer.network.Layer.Fusion;
import dev.colorstream.colorizer.network.Layer.GlobalMean;
import dev.colorstream.colorizer.network.Layer.Relu;
import dev.colorstream.colorizer.network.Layer.Sum;
import dev.colorstream.colorizer.network.Layer.TransposedConvolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as a description: its layers in the order they run, from one luminance plane 1 x S x S to one logit per ab
 * bin 313 x S/4 x S/4, or to a and b, as its {@link #head()} says. Training, serving and export are built from it.
 *
 * @param name what a model version's manifest calls it
 * @param layers each reads only layers before it; the last one's output is the prediction
 */
public record Architecture(String name, List<Layer> layers) {
    /** The name that a first layer reads: the luminance plane, (L - 50) / 50. */
    public static final String INPUT = "luminance";

    /** How much smaller than the input the predicted plane is. */
    public static final int REDUCTION = 4;

    /** S must be a multiple of this: three halvings, then a dilation of 2. */
    public static final int SIZE_STEP = 16;

    /** The layer that the class branch reads in training, in architectures that have global features. */
    static final String SCENE_FEATURES = "global_fc2_relu";

    public Architecture {
        layers = List.copyOf(layers);
    }

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return List.of("eccv16", "eccv16-small", "fusion-small");
    }

    /**
     * The architecture of a name.
     *
     * @throws IllegalArgumentException for a name not in {@link #names()}
     */
    public static Architecture named(String name) {
        return switch (name) {
            case "eccv16" -> eccv16();
            case "eccv16-small" -> eccv16Small();
            case "fusion-small" -> fusionSmall();
            default -> throw new IllegalArgumentException("unknown architecture '" + name + "'; known: " + names());
        };
    }

    /**
     * The network of the paper, 32 M parameters. Source: the prototxt published with Zhang et al. 2016; batch
     * normalization stands after the last ReLU of a block, and no block pools.
     */
    private static Architecture eccv16() {
        return new Description("eccv16") //              1 x S   x S
                .convRelu("conv1_1", 64, 1, 1) //       64 x S   x S
                .convRelu("conv1_2", 64, 2, 1) //       64 x S/2 x S/2
                .batchNorm()
                .convRelu("conv2_1", 128, 1, 1) //     128 x S/2 x S/2
                .convRelu("conv2_2", 128, 2, 1) //     128 x S/4 x S/4
                .batchNorm()
                .convRelu("conv3_1", 256, 1, 1) //     256 x S/4 x S/4
                .convRelu("conv3_2", 256, 1, 1) //     256 x S/4 x S/4
                .convRelu("conv3_3", 256, 2, 1) //     256 x S/8 x S/8
                .batchNorm()
                .block("conv4", 512, 1) //             512 x S/8 x S/8
                .block("conv5", 512, 2) //             512 x S/8 x S/8
                .block("conv6", 512, 2) //             512 x S/8 x S/8
                .block("conv7", 512, 1) //             512 x S/8 x S/8
                .transposedConvolution("conv8_1", 256) // 256 x S/4 x S/4
                .relu()
                .convRelu("conv8_2", 256, 1, 1) //     256 x S/4 x S/4
                .convRelu("conv8_3", 256, 1, 1) //     256 x S/4 x S/4
                .predicting(Head.BIN_DISTRIBUTION); //                          313 x S/4 x S/4
    }

    /**
     * The paper's shape at a tenth of its size, for CPUs: residual blocks in the middle, and one sum from the encoder to
     * the decoder. Batch normalization stands before the ReLU, so that it folds exactly, and only where planes are
     * small: in the outer layers it costs a third of a training step and is not missed.
     */
    private static Architecture eccv16Small() {
        Description network = new Description("eccv16-small") // 1 x S x S
                .convRelu("conv1_1", 32, 2, 1) //       32 x S/2 x S/2
                .convRelu("conv1_2", 64, 1, 1) //       64 x S/2 x S/2
                .convRelu("conv2_1", 128, 2, 1) //     128 x S/4 x S/4
                .convRelu("conv2_2", 128, 1, 1); //    128 x S/4 x S/4
        String quarter = network.last();
        String decoded = network.convNormRelu("conv3_1", 192, 2, 1) // 192 x S/8 x S/8
                .residual("conv4", 1) //               192 x S/8 x S/8
                .residual("conv5", 2) //               192 x S/8 x S/8
                .residual("conv6", 2) //               192 x S/8 x S/8
                .transposedConvolution("conv8_1", 128) // 128 x S/4 x S/4
                .last();
        return network.from(quarter)
                .convolution("conv2_8", 128, 1, 1) //  128 x S/4 x S/4
                .plus(decoded)
                .relu()
                .convNormRelu("conv8_2", 128, 1, 1) // 128 x S/4 x S/4
                .predicting(Head.BIN_DISTRIBUTION); //                          313 x S/4 x S/4
    }

    /**
     * Local and global features fused (Iizuka, Simo-Serra, Ishikawa 2016), at half the paper's channels for CPUs: low-level
     * features for both, mid-level features of each place, and one vector for the whole photo that is laid beside them at
     * every place. Unlike the paper's, its global features come from the low-level features of the same input, of any
     * size, and not of a second one of 224 x 224; so their planes enter the first full connection by their mean. The full
     * connections are 1 x 1 convolutions of 1 x 1 planes, the doubling is a transposed convolution, and there is one of
     * them, since predictions here are a quarter of the input's side.
     */
    private static Architecture fusionSmall() {
        Description network = new Description("fusion-small") // 1 x S x S
                .convNormRelu("low1", 32, 2, 1) //      32 x S/2 x S/2
                .convNormRelu("low2", 64, 1, 1) //      64 x S/2 x S/2
                .convNormRelu("low3", 64, 2, 1) //      64 x S/4 x S/4
                .convNormRelu("low4", 128, 1, 1) //    128 x S/4 x S/4
                .convNormRelu("low5", 128, 2, 1) //    128 x S/8 x S/8
                .convNormRelu("low6", 256, 1, 1); //   256 x S/8 x S/8
        String low = network.last();
        String global = network.convNormRelu("global1", 192, 2, 1) // 192 x S/16 x S/16
                .convNormRelu("global2", 192, 1, 1) // 192 x S/16 x S/16
                .convNormRelu("global3", 192, 2, 1) // 192 x S/32 x S/32, rounded up
                .convNormRelu("global4", 192, 1, 1) // 192 x S/32 x S/32
                .globalMean() //                       192 x 1   x 1
                .fullRelu("global_fc1", 512) //        512 x 1   x 1
                .fullRelu("global_fc2", 256) //        256 x 1   x 1
                .fullRelu("global_fc3", 128) //        128 x 1   x 1
                .last();
        return network.from(low)
                .convNormRelu("mid1", 256, 1, 1) //    256 x S/8 x S/8
                .convNormRelu("mid2", 128, 1, 1) //    128 x S/8 x S/8
                .fusion("fusion", global) //           256 x S/8 x S/8
                .fullRelu("fused", 128) //             128 x S/8 x S/8
                .convNormRelu("color1", 64, 1, 1) //    64 x S/8 x S/8
                .transposedConvolution("color2", 64) //  64 x S/4 x S/4
                .batchNorm()
                .relu()
                .convNormRelu("color3", 64, 1, 1) //    64 x S/4 x S/4
                .convNormRelu("color4", 32, 1, 1) //    32 x S/4 x S/4
                .predicting(Head.AB_PLANE); //           2 x S/4 x S/4
    }

    /** What the last layer says of each cell. */
    public Head head() {
        int channels = ((Convolution) layers.get(layers.size() - 1)).out();
        return Arrays.stream(Head.values())
                .filter(head -> head.channels() == channels)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " ends in " + channels + " channels"));
    }

    /** The same network with another head. */
    public Architecture predicting(Head head) {
        List<Layer> others = new ArrayList<>(layers);
        Convolution last = (Convolution) others.remove(others.size() - 1);
        others.add(headLayer(head, last.input(), last.in()));
        return new Architecture(name, others);
    }

    private static Convolution headLayer(Head head, String input, int in) {
        return new Convolution(head.layer(), input, in, head.channels(), 1, 1, 1);
    }

    /** Whether it has global features, from which scenes can be learned beside colors. */
    public boolean learnsScenes() {
        return layers.stream().anyMatch(layer -> layer.name().equals(SCENE_FEATURES));
    }

    /** How many channels a layer gives. */
    int channelsOf(String layer) {
        for (Layer known : layers) {
            if (known.name().equals(layer)) {
                if (known instanceof Convolution c) {
                    return c.out();
                } else if (known instanceof TransposedConvolution t) {
                    return t.out();
                } else if (known instanceof Fusion f) {
                    return channelsOf(f.input()) + channelsOf(f.other());
                }
                return channelsOf(known.input());
            }
        }
        return 1;
    }

    /** How many values training learns, batch normalization's running mean and variance included. */
    public long parameters() {
        long sum = 0;
        for (Layer layer : layers) {
            for (Weights.Shape shape : Weights.shapesOf(layer)) {
                sum += shape.length();
            }
        }
        return sum;
    }

    /**
     * Checks an input size.
     *
     * @throws IllegalArgumentException where S is no positive multiple of {@link #SIZE_STEP}
     */
    public static int requireInputSize(int size) {
        if (size <= 0 || size % SIZE_STEP != 0) {
            throw new IllegalArgumentException("input size " + size + " is no positive multiple of " + SIZE_STEP);
        }
        return size;
    }

    /** Grows an architecture layer by layer; each reads the one before it unless {@link #from} says otherwise. */
    private static final class Description {
        private final String name;
        private final List<Layer> layers = new ArrayList<>();
        private final Map<String, Integer> channels = new HashMap<>(Map.of(INPUT, 1));
        private String last = INPUT;

        Description(String name) {
            this.name = name;
        }

        String last() {
            return last;
        }

        private int width() {
            return channels.getOrDefault(last, 0);
        }

        Description from(String layer) {
            last = layer;
            return this;
        }

        Description convolution(String layer, int out, int stride, int dilation) {
            return add(new Convolution(layer, last, width(), out, 3, stride, dilation), out);
        }

        Description transposedConvolution(String layer, int out) {
            return add(new TransposedConvolution(layer, last, width(), out), out);
        }

        Description batchNorm() {
            return add(new BatchNorm(last + "_norm", last, width()), width());
        }

        Description relu() {
            return add(new Relu(last + "_relu", last), width());
        }

        Description plus(String other) {
            return add(new Sum(last + "_sum", last, other), width());
        }

        Description globalMean() {
            return add(new GlobalMean(last + "_mean", last), width());
        }

        Description fusion(String layer, String vector) {
            return add(new Fusion(layer, last, vector), width() + channels.getOrDefault(vector, 0));
        }

        Description fullRelu(String layer, int out) {
            return add(new Convolution(layer, last, width(), out, 1, 1, 1), out).relu();
        }

        Description convRelu(String layer, int out, int stride, int dilation) {
            return convolution(layer, out, stride, dilation).relu();
        }

        Description convNormRelu(String layer, int out, int stride, int dilation) {
            return convolution(layer, out, stride, dilation).batchNorm().relu();
        }

        Description block(String layer, int out, int dilation) {
            return convRelu(layer + "_1", out, 1, dilation)
                    .convRelu(layer + "_2", out, 1, dilation)
                    .convRelu(layer + "_3", out, 1, dilation)
                    .batchNorm();
        }

        Description residual(String layer, int dilation) {
            String shortcut = last;
            int width = width();
            return convNormRelu(layer + "_1", width, 1, dilation)
                    .convolution(layer + "_2", width, 1, dilation)
                    .batchNorm()
                    .plus(shortcut)
                    .relu();
        }

        Architecture predicting(Head head) {
            add(headLayer(head, last, width()), head.channels());
            return new Architecture(name, layers);
        }

        private Description add(Layer layer, int out) {
            layers.add(layer);
            channels.put(layer.name(), out);
            last = layer.name();
            return this;
        }
    }
}
