package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Layer.Convolution;
import dev.colorstream.colorizer.torchfile.TorchFileException;
import dev.colorstream.colorizer.torchfile.TorchTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The weights that the authors of Zhang et al. 2016 released for PyTorch, as weights of {@code eccv16}. Their port names a
 * tensor by its block and its place in it: {@code model3.2.weight} is the kernel of conv3_2, since a ReLU follows each
 * convolution, and {@code model3.6} is the batch normalization after conv3_3. Source: the port's {@code eccv16.py}.
 */
public final class ReleasedWeights {
    private static final Pattern CONVOLUTION = Pattern.compile("conv(\\d)_(\\d)");
    private static final Pattern BATCH_NORM = Pattern.compile("conv(\\d)_(\\d)_relu_norm");
    private static final String HEAD = "model8.6";
    private static final String BIN_CENTERS = "model_out.weight";
    private static final float BIN_CENTER_UNIT = 110;

    /** The port reads (L - 50) / 100, networks here read twice that: {@link LuminanceCentering}. */
    private static final float FIRST_KERNEL_FACTOR = LuminanceCentering.HALF_RANGE / 100;

    private static final Map<String, String> NAMES = Map.of(
            Weights.KERNEL, "weight",
            Weights.BIAS, "bias",
            Weights.SCALE, "weight",
            Weights.SHIFT, "bias",
            Weights.MEAN, "running_mean",
            Weights.VARIANCE, "running_var");

    private final Map<String, TorchTensor> tensors;
    private final Set<String> unread;

    private ReleasedWeights(Map<String, TorchTensor> tensors) {
        this.tensors = tensors;
        this.unread = new LinkedHashSet<>(tensors.keySet());
    }

    /**
     * The weights of an architecture with a distribution over bins and the layers' names of {@code eccv16}.
     *
     * @param tensors by the port's names
     * @throws TorchFileException where a tensor is missing, of another shape, not finite or of another network; the message
     *     names all of them
     */
    public static Weights of(Architecture architecture, Map<String, TorchTensor> tensors) {
        return new ReleasedWeights(tensors).read(architecture);
    }

    private Weights read(Architecture architecture) {
        Weights weights = new Weights();
        List<String> faults = new ArrayList<>();
        for (Layer layer : architecture.layers()) {
            for (Weights.Shape shape : Weights.shapesOf(layer)) {
                String name = moduleOf(layer) + "." + NAMES.get(shape.role());
                TorchTensor tensor = take(name, faults, shape.dimensions());
                weights.put(layer.name(), shape.role(), tensor.values());
            }
        }
        int[] order = binOrder(faults);
        unread.forEach(name -> faults.add(name + " is none of this network's"));
        if (!faults.isEmpty()) {
            throw new TorchFileException("These are not the weights of " + architecture.name() + ": "
                    + String.join("; ", faults) + ". Give the file of the network without user hints");
        }
        String first = architecture.layers().get(0).name();
        weights.put(first, Weights.KERNEL, times(weights.get(first, Weights.KERNEL), FIRST_KERNEL_FACTOR));
        String head = architecture.head().layer();
        weights.put(head, Weights.KERNEL, inOrder(weights.get(head, Weights.KERNEL), order));
        weights.put(head, Weights.BIAS, inOrder(weights.get(head, Weights.BIAS), order));
        return weights;
    }

    private static String moduleOf(Layer layer) {
        Matcher convolution = CONVOLUTION.matcher(layer.name());
        if (convolution.matches()) {
            return "model" + convolution.group(1) + "." + 2 * (Integer.parseInt(convolution.group(2)) - 1);
        }
        Matcher norm = BATCH_NORM.matcher(layer.name());
        if (norm.matches()) {
            return "model" + norm.group(1) + "." + 2 * Integer.parseInt(norm.group(2));
        }
        if (layer instanceof Convolution) {
            return HEAD;
        }
        throw new IllegalArgumentException("the port has no layer " + layer.name());
    }

    /** The tensor of a name, one without values where it is not as it must be, which is noted. */
    private TorchTensor take(String name, List<String> faults, long... dimensions) {
        List<Long> shape = Arrays.stream(dimensions).boxed().toList();
        unread.remove(name);
        TorchTensor tensor = tensors.get(name);
        if (tensor == null) {
            faults.add(name + " of 32-bit floats is missing");
        } else if (!tensor.shape().equals(shape)) {
            faults.add(name + " has the shape " + tensor.shape() + ", not " + shape);
        } else if (!areFinite(tensor.values())) {
            faults.add(name + " holds values that are no finite numbers");
        } else {
            return tensor;
        }
        return new TorchTensor(List.of(0L), new float[0]);
    }

    private static boolean areFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** For each ab bin where the file has it, by the bins' centers that it names; files without them have this order. */
    private int[] binOrder(List<String> faults) {
        int[] order = new int[AbBins.COUNT];
        Arrays.setAll(order, bin -> bin);
        if (!tensors.containsKey(BIN_CENTERS)) {
            return order;
        }
        float[] centers = take(BIN_CENTERS, faults, 2, AbBins.COUNT, 1, 1).values();
        Set<Integer> found = new TreeSet<>();
        for (int place = 0; place < centers.length / 2; place++) {
            int a = Math.round(centers[place] * BIN_CENTER_UNIT);
            int b = Math.round(centers[AbBins.COUNT + place] * BIN_CENTER_UNIT);
            for (int bin = 0; bin < AbBins.COUNT; bin++) {
                if (AbBins.a(bin) == a && AbBins.b(bin) == b && found.add(bin)) {
                    order[bin] = place;
                }
            }
        }
        if (found.size() < AbBins.COUNT && centers.length > 0) {
            faults.add(BIN_CENTERS + " names other ab bins: " + found.size() + " of " + AbBins.COUNT + " are known");
        }
        return order;
    }

    private static float[] times(float[] values, float factor) {
        float[] product = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            product[i] = values[i] * factor;
        }
        return product;
    }

    /** Rows put where they belong: row i of the result is row {@code order[i]}. */
    private static float[] inOrder(float[] rows, int[] order) {
        int width = rows.length / order.length;
        float[] ordered = new float[rows.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(rows, order[i] * width, ordered, i * width, width);
        }
        return ordered;
    }
}
