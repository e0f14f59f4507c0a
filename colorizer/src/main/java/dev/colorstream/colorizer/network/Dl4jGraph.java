package dev.colorstream.colorizer.network;

import dev.colorstream.colorizer.network.Layer.BatchNorm;
import dev.colorstream.colorizer.network.Layer.Convolution;
import dev.colorstream.colorizer.network.Layer.Fusion;
import dev.colorstream.colorizer.network.Layer.GlobalMean;
import dev.colorstream.colorizer.network.Layer.Relu;
import dev.colorstream.colorizer.network.Layer.Sum;
import dev.colorstream.colorizer.network.Layer.TransposedConvolution;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Builds Deeplearning4j graphs of an {@link Architecture}, NHWC throughout, and moves {@link Weights} in and out.
 *
 * <p>The layers bear the architecture's names in every graph, so that weights move between graphs by name.
 */
final class Dl4jGraph {
    private static final CNN2DFormat FORMAT = CNN2DFormat.NHWC;
    private static final double RUNNING_STATISTICS_DECAY = 0.97;
    private static final String LOSS = "loss";
    private static final String SCENE_LOSS = "scene_loss";
    private static final String SCENE_LOGITS = "scene_logits";
    private static final int SCENE_CHANNELS = 128;

    private Dl4jGraph() {}

    /**
     * The reference: Deeplearning4j's own layers alone, from luminance to logits. What {@code network.zip} holds, so
     * that it can be opened without Colorstream.
     */
    static ComputationGraph plain(Architecture architecture, int inputSize) {
        return new Building(architecture, inputSize, new NoOp(), 0, 0).plain();
    }

    /** For serving: oneDNN's convolutions, ReLU within them, dilation by space-to-batch. */
    static ComputationGraph serving(Architecture architecture, int inputSize) {
        return new Building(architecture, inputSize, new NoOp(), 0, 0).serving();
    }

    /**
     * For training: the same with its head's loss at its end; its labels are rows of pixels.
     *
     * @param scenes how many scenes the class branch tells apart, 0 for none: a second output, of which every pixel of a
     *     photo has the same row
     */
    static ComputationGraph training(
            Architecture architecture,
            int inputSize,
            IUpdater updater,
            double weightDecay,
            long seed,
            DataType type,
            int scenes) {
        return new Building(architecture, inputSize, updater, weightDecay, seed).training(type, scenes);
    }

    /** Copies the values of a graph's layers. */
    static Weights weightsOf(Architecture architecture, ComputationGraph graph) {
        Weights weights = new Weights();
        for (Layer layer : architecture.layers()) {
            for (Weights.Shape shape : Weights.shapesOf(layer)) {
                INDArray stored = graph.getLayer(layer.name()).getParam(parameterName(shape));
                try (INDArray rowMajor = stored.dup('c')) {
                    weights.put(layer.name(), shape.role(), rowMajor.data().asFloat());
                }
            }
        }
        return weights;
    }

    /** Sets the values of a graph's layers. */
    static void assign(Architecture architecture, Weights weights, ComputationGraph graph) {
        for (Layer layer : architecture.layers()) {
            for (Weights.Shape shape : Weights.shapesOf(layer)) {
                INDArray stored = graph.getLayer(layer.name()).getParam(parameterName(shape));
                float[] values = weights.get(layer.name(), shape.role());
                if (values.length != shape.length() || stored.length() != shape.length()) {
                    throw new IllegalArgumentException(shape.role() + " of layer " + layer.name() + " has "
                            + values.length + " values, not " + shape.length());
                }
                try (INDArray given = Nd4j.create(values, stored.shape(), 'c')) {
                    stored.assign(given);
                }
            }
        }
    }

    /** How many scenes a training graph's class branch tells apart, 0 without one. */
    static int scenesOf(ComputationGraph training) {
        return training.getNumOutputArrays() == 1
                ? 0
                : (int) training.getLayer(SCENE_LOGITS).getParam("b").length();
    }

    private static String parameterName(Weights.Shape shape) {
        return switch (shape.role()) {
            case Weights.KERNEL -> "W";
            case Weights.BIAS -> "b";
            case Weights.SCALE -> "gamma";
            case Weights.SHIFT -> "beta";
            case Weights.MEAN -> "mean";
            case Weights.VARIANCE -> "var";
            default -> throw new IllegalArgumentException("no parameter for " + shape.role());
        };
    }

    private static final class Building {
        private final Architecture architecture;
        private final int inputSize;
        private final IUpdater updater;
        private final double weightDecay;
        private final long seed;

        Building(Architecture architecture, int inputSize, IUpdater updater, double weightDecay, long seed) {
            this.architecture = architecture;
            this.inputSize = Architecture.requireInputSize(inputSize);
            this.updater = updater;
            this.weightDecay = weightDecay;
            this.seed = seed;
        }

        private GraphBuilder start(DataType type) {
            CpuBackend.load();
            NeuralNetConfiguration.Builder configuration = new NeuralNetConfiguration.Builder()
                    .seed(seed)
                    .dataType(type)
                    .updater(updater)
                    .weightInit(WeightInit.RELU)
                    .activation(Activation.IDENTITY)
                    .convolutionMode(ConvolutionMode.Truncate)
                    .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                    .inferenceWorkspaceMode(WorkspaceMode.ENABLED);
            if (weightDecay > 0) {
                configuration.weightDecay(weightDecay);
            }
            return configuration.graphBuilder().addInputs(Architecture.INPUT);
        }

        private ComputationGraph finish(GraphBuilder graph, String... outputs) {
            graph.setOutputs(outputs);
            graph.setInputTypes(InputType.convolutional(inputSize, inputSize, 1, FORMAT));
            ComputationGraph built = new ComputationGraph(graph.build());
            built.init();
            return built;
        }

        private String last() {
            return architecture.layers().get(architecture.layers().size() - 1).name();
        }

        ComputationGraph plain() {
            GraphBuilder graph = start(DataType.FLOAT);
            Map<String, Integer> sides = new HashMap<>(Map.of(Architecture.INPUT, inputSize));
            for (Layer layer : architecture.layers()) {
                int side = sides.getOrDefault(layer.input(), 0);
                sides.put(layer.name(), sideAfter(layer, side));
                if (layer instanceof Convolution c) {
                    graph.addLayer(
                            c.name(),
                            convolution(c, Activation.IDENTITY, c.dilation()).build(),
                            c.input());
                } else if (layer instanceof GlobalMean g) {
                    graph.addLayer(
                            g.name(),
                            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                                    .kernelSize(side, side)
                                    .stride(side, side)
                                    .dataFormat(FORMAT)
                                    .build(),
                            g.input());
                } else if (layer instanceof Fusion f) {
                    String tiled = f.name() + "_tiled";
                    graph.addLayer(
                            tiled,
                            new Upsampling2D.Builder(side).dataFormat(FORMAT).build(),
                            f.other());
                    graph.addVertex(f.name(), new MergeVertex(), f.input(), tiled);
                } else {
                    addPlain(graph, layer, layer.input());
                }
            }
            return finish(graph, last());
        }

        private static int sideAfter(Layer layer, int side) {
            if (layer instanceof Convolution c) {
                return (side - 1) / c.stride() + 1;
            } else if (layer instanceof TransposedConvolution) {
                return side * TransposedConvolution.STRIDE;
            }
            return layer instanceof GlobalMean ? 1 : side;
        }

        ComputationGraph serving() {
            GraphBuilder graph = start(DataType.FLOAT);
            addForOneDnn(graph);
            return finish(graph, last());
        }

        ComputationGraph training(DataType type, int scenes) {
            GraphBuilder graph = start(type);
            Map<String, String> servedBy = addForOneDnn(graph);
            addLoss(graph, LOSS, last(), architecture.head().loss());
            if (scenes == 0) {
                return finish(graph, LOSS);
            }
            String features = Architecture.SCENE_FEATURES;
            int width = architecture.channelsOf(features);
            Convolution hidden = new Convolution("scene_hidden", features, width, SCENE_CHANNELS, 1, 1, 1);
            Convolution logits = new Convolution(SCENE_LOGITS, hidden.name(), SCENE_CHANNELS, scenes, 1, 1, 1);
            graph.addLayer(
                    hidden.name(),
                    new OneDnnConvolution(convolution(hidden, Activation.RELU, 1)),
                    servedBy.getOrDefault(features, features));
            graph.addLayer(
                    logits.name(), new OneDnnConvolution(convolution(logits, Activation.IDENTITY, 1)), hidden.name());
            // As many rows as the color has: Deeplearning4j divides all gradients by the first output's rows.
            graph.addVertex("scene_tiled", new TileVertex(), logits.name(), last());
            addLoss(graph, SCENE_LOSS, "scene_tiled", new RebalancedCrossEntropy());
            return finish(graph, LOSS, SCENE_LOSS);
        }

        private static void addLoss(GraphBuilder graph, String name, String planes, ILossFunction loss) {
            String rows = planes + "_rows";
            graph.addVertex(rows, new PixelRowsVertex(), planes);
            graph.addLayer(
                    name,
                    new LossLayer.Builder(loss).activation(Activation.IDENTITY).build(),
                    rows);
        }

        /**
         * Adds the layers with dilation by space-to-batch. A run of layers of one dilation stays taken apart by phase
         * until a layer of another dilation reads it.
         *
         * @return what serves a layer's output where that is not the layer of its name
         */
        private Map<String, String> addForOneDnn(GraphBuilder graph) {
            Map<String, String> fused = reluAloneAfterConvolution();
            Map<String, String> servedBy = new HashMap<>();
            Map<String, Integer> phases = new HashMap<>();
            for (Layer layer : architecture.layers()) {
                int wanted;
                if (layer instanceof Convolution c) {
                    wanted = c.dilation();
                } else if (layer instanceof TransposedConvolution
                        || layer instanceof GlobalMean
                        || layer instanceof Fusion) {
                    wanted = 1;
                } else {
                    wanted = phases.getOrDefault(layer.input(), 1);
                }
                String input = inPhase(graph, layer.input(), wanted, servedBy, phases);
                if (fused.containsKey(layer.name())) {
                    servedBy.put(layer.name(), input);
                } else {
                    if (layer instanceof Convolution c) {
                        boolean activates = fused.containsValue(c.name());
                        Activation activation = activates ? Activation.RELU : Activation.IDENTITY;
                        graph.addLayer(c.name(), new OneDnnConvolution(convolution(c, activation, 1)), input);
                    } else if (layer instanceof Sum s) {
                        String other = inPhase(graph, s.other(), wanted, servedBy, phases);
                        graph.addVertex(s.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), input, other);
                    } else if (layer instanceof GlobalMean g) {
                        graph.addVertex(g.name(), new GlobalMeanVertex(), input);
                    } else if (layer instanceof Fusion f) {
                        String vector = inPhase(graph, f.other(), wanted, servedBy, phases);
                        String tiled = f.name() + "_tiled";
                        graph.addVertex(tiled, new TileVertex(), vector, input);
                        graph.addVertex(f.name(), new MergeVertex(), input, tiled);
                    } else {
                        addPlain(graph, layer, input);
                    }
                }
                phases.put(layer.name(), wanted);
            }
            return servedBy;
        }

        /** The name of what serves {@code layer}'s output in the wanted phase, adding vertices where it must change. */
        private static String inPhase(
                GraphBuilder graph,
                String layer,
                int wanted,
                Map<String, String> servedBy,
                Map<String, Integer> phases) {
            int phase = phases.getOrDefault(layer, 1);
            String served = servedBy.getOrDefault(layer, layer);
            if (phase == wanted) {
                return served;
            }
            String known = servedBy.get(layer + "@" + wanted);
            if (known != null) {
                return known;
            }
            if (phase != 1) {
                String joined = layer + "_joined";
                graph.addVertex(joined, new SpaceToBatchVertex(phase, false), served);
                served = joined;
            }
            if (wanted != 1) {
                String parted = layer + "_phase" + wanted;
                graph.addVertex(parted, new SpaceToBatchVertex(wanted, true), served);
                served = parted;
            }
            servedBy.put(layer + "@" + wanted, served);
            return served;
        }

        /** ReLUs that are the only reader of a convolution, each with that convolution. */
        private Map<String, String> reluAloneAfterConvolution() {
            Map<String, Integer> readers = new HashMap<>();
            Set<String> convolutions = new HashSet<>();
            for (Layer layer : architecture.layers()) {
                layer.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
                if (layer instanceof Convolution) {
                    convolutions.add(layer.name());
                }
            }
            Map<String, String> fused = new HashMap<>();
            for (Layer layer : architecture.layers()) {
                if (layer instanceof Relu
                        && convolutions.contains(layer.input())
                        && readers.getOrDefault(layer.input(), 0) == 1) {
                    fused.put(layer.name(), layer.input());
                }
            }
            return fused;
        }

        private static ConvolutionLayer.Builder convolution(Convolution c, Activation activation, int dilation) {
            int padding = c.kernel() / 2 * dilation;
            return new ConvolutionLayer.Builder(c.kernel(), c.kernel())
                    .nIn(c.in())
                    .nOut(c.out())
                    .stride(c.stride(), c.stride())
                    .padding(padding, padding)
                    .dilation(dilation, dilation)
                    .dataFormat(FORMAT)
                    .hasBias(true)
                    .activation(activation);
        }

        private static void addPlain(GraphBuilder graph, Layer layer, String input) {
            if (layer instanceof TransposedConvolution t) {
                graph.addLayer(
                        t.name(),
                        new Deconvolution2D.Builder(TransposedConvolution.KERNEL, TransposedConvolution.KERNEL)
                                .nIn(t.in())
                                .nOut(t.out())
                                .stride(TransposedConvolution.STRIDE, TransposedConvolution.STRIDE)
                                .padding(TransposedConvolution.PADDING, TransposedConvolution.PADDING)
                                .dataFormat(FORMAT)
                                .hasBias(true)
                                .activation(Activation.IDENTITY)
                                .build(),
                        input);
            } else if (layer instanceof BatchNorm b) {
                graph.addLayer(
                        b.name(),
                        new BatchNormalization.Builder()
                                .nIn(b.channels())
                                .nOut(b.channels())
                                .eps(BatchNorm.EPSILON)
                                .decay(RUNNING_STATISTICS_DECAY)
                                .useLogStd(false)
                                .dataFormat(FORMAT)
                                .activation(Activation.IDENTITY)
                                .build(),
                        input);
            } else if (layer instanceof Relu r) {
                graph.addLayer(r.name(), new ActivationLayer(Activation.RELU), input);
            } else if (layer instanceof Sum s) {
                graph.addVertex(s.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), input, s.other());
            }
        }
    }
}
