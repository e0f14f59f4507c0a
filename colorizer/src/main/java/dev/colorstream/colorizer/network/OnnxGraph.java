package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.network.Layer.BatchNorm;
import dev.colorstream.colorizer.network.Layer.Convolution;
import dev.colorstream.colorizer.network.Layer.Fusion;
import dev.colorstream.colorizer.network.Layer.GlobalMean;
import dev.colorstream.colorizer.network.Layer.Relu;
import dev.colorstream.colorizer.network.Layer.Sum;
import dev.colorstream.colorizer.network.Layer.TransposedConvolution;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.UnsafeByteOperations;

/**
 * An {@link Architecture} with its {@link Weights} as a graph of ONNX operators: a node for each layer, of the layer's
 * name, and its tensors by the name of layer and role.
 *
 * <p>Centering is part of it, so that it reads L itself. Photos and sides are free dimensions: one graph serves every
 * batch and every size. The output is photos x S/4 x S/4 x values, so that each photo's lie in one piece, cell by cell; it
 * bears the name of the {@link Head}'s layer.
 */
final class OnnxGraph {
    /** The graph's input: photos x 1 x S x S, L in [0,100]. */
    static final String LUMINANCE = Architecture.INPUT;

    private OnnxGraph() {}

    static GraphProto of(Architecture architecture, Weights weights) {
        Head head = architecture.head();
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName(architecture.name())
                .addInput(value(LUMINANCE, named("photos"), fixed(1), named("height"), named("width")))
                .addOutput(value(
                        head.layer(),
                        named("photos"),
                        named("height / 4"),
                        named("width / 4"),
                        fixed(head.channels())));
        addCentering(graph);
        List<Layer> layers = architecture.layers();
        for (Layer layer : layers) {
            for (Weights.Shape shape : Weights.shapesOf(layer)) {
                graph.addInitializer(tensor(layer, shape, weights.get(layer.name(), shape.role())));
            }
            if (layer instanceof Fusion fusion) {
                addFusion(graph, fusion);
            } else {
                graph.addNode(node(layer));
            }
        }
        return graph.addNode(operator(
                                "Transpose",
                                head.layer() + "/cell_by_cell",
                                head.layer(),
                                outputOf(layers.get(layers.size() - 1).name()))
                        .addAttribute(integers("perm", 0, 2, 3, 1)))
                .build();
    }

    /** The operator of each kind of layer. */
    private static NodeProto node(Layer layer) {
        NodeProto.Builder node = operator("", layer.name(), outputOf(layer.name()), outputOf(layer.input()));
        if (layer instanceof Convolution c) {
            int padding = c.kernel() / 2 * c.dilation();
            node.setOpType("Conv")
                    .addAttribute(integers("kernel_shape", c.kernel(), c.kernel()))
                    .addAttribute(integers("strides", c.stride(), c.stride()))
                    .addAttribute(integers("dilations", c.dilation(), c.dilation()))
                    .addAttribute(integers("pads", padding, padding, padding, padding));
        } else if (layer instanceof TransposedConvolution) {
            int kernel = TransposedConvolution.KERNEL;
            int stride = TransposedConvolution.STRIDE;
            int padding = TransposedConvolution.PADDING;
            node.setOpType("ConvTranspose")
                    .addAttribute(integers("kernel_shape", kernel, kernel))
                    .addAttribute(integers("strides", stride, stride))
                    .addAttribute(integers("pads", padding, padding, padding, padding));
        } else if (layer instanceof BatchNorm) {
            node.setOpType("BatchNormalization").addAttribute(real("epsilon", (float) BatchNorm.EPSILON));
        } else if (layer instanceof Relu) {
            node.setOpType("Relu");
        } else if (layer instanceof GlobalMean) {
            node.setOpType("GlobalAveragePool");
        } else if (layer instanceof Sum s) {
            node.setOpType("Add").addInput(outputOf(s.other()));
        } else {
            throw new IllegalStateException("no ONNX operator is known for the layer " + layer);
        }
        // ONNX asks for a layer's tensors in the order in which Weights lists them.
        Weights.shapesOf(layer).forEach(shape -> node.addInput(tensorName(layer, shape)));
        return node.build();
    }

    /** The vector is repeated over the plane's sides, which are known when the graph runs, and laid behind its channels. */
    private static void addFusion(GraphProto.Builder graph, Fusion fusion) {
        String name = fusion.name();
        String plane = outputOf(fusion.input());
        String ownSides = name + "/own_sides";
        String sides = name + "/sides";
        String shape = name + "/shape";
        String repeated = name + "/repeated";
        graph.addInitializer(TensorProto.newBuilder()
                        .setName(ownSides)
                        .setDataType(TensorProto.DataType.INT64_VALUE)
                        .addDims(2)
                        .addInt64Data(1)
                        .addInt64Data(1))
                .addNode(operator("Shape", sides, sides, plane).addAttribute(integer("start", 2)))
                .addNode(operator("Concat", shape, shape, ownSides, sides).addAttribute(integer("axis", 0)))
                .addNode(operator("Expand", repeated, repeated, outputOf(fusion.other()), shape))
                .addNode(operator("Concat", name, outputOf(name), plane, repeated)
                        .addAttribute(integer("axis", 1)));
    }

    private static void addCentering(GraphProto.Builder graph) {
        String middle = LUMINANCE + "/middle";
        String halfRange = LUMINANCE + "/half_range";
        String shifted = LUMINANCE + "/shifted";
        graph.addInitializer(floats(middle, LuminanceCentering.MIDDLE))
                .addInitializer(floats(halfRange, LuminanceCentering.HALF_RANGE))
                .addNode(operator("Sub", shifted, shifted, LUMINANCE, middle))
                .addNode(operator("Div", LUMINANCE, outputOf(LUMINANCE), shifted, halfRange));
    }

    /** What the readers of a layer read; of {@link Architecture#INPUT}, the centered luminance. */
    private static String outputOf(String layer) {
        return layer + "/output";
    }

    private static String tensorName(Layer layer, Weights.Shape shape) {
        return layer.name() + "/" + shape.role();
    }

    private static NodeProto.Builder operator(String type, String name, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName(name)
                .addOutput(output)
                .addAllInput(List.of(inputs));
    }

    private static TensorProto tensor(Layer layer, Weights.Shape shape, float[] values) {
        String name = tensorName(layer, shape);
        if (values.length != shape.length()) {
            throw new IllegalArgumentException(name + " has " + values.length + " values, not " + shape.length());
        }
        TensorProto.Builder tensor = floats(name, values).toBuilder();
        for (long dimension : shape.dimensions()) {
            tensor.addDims(dimension);
        }
        return tensor.build();
    }

    /** Values without dimensions: one is a scalar. */
    private static TensorProto floats(String name, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes))
                .build();
    }

    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto real(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    private static ValueInfoProto value(String name, TensorShapeProto.Dimension... dimensions) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(TensorShapeProto.newBuilder().addAllDim(List.of(dimensions)))))
                .build();
    }

    private static TensorShapeProto.Dimension named(String name) {
        return TensorShapeProto.Dimension.newBuilder().setDimParam(name).build();
    }

    private static TensorShapeProto.Dimension fixed(long size) {
        return TensorShapeProto.Dimension.newBuilder().setDimValue(size).build();
    }
}
