package dev.colorstream.colorizer.network;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lays the pixels of N x H x W x C planes out as N*H*W rows of C values, so that a loss of rows can be used.
 * Deeplearning4j's own loss layer for planes trains NHWC planes with a wrong gradient.
 */
@SuppressWarnings("serial") // ND4J's base class is Serializable; there are no fields.
public final class PixelRowsVertex extends GraphVertex {
    @Override
    public GraphVertex clone() {
        return new PixelRowsVertex();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PixelRowsVertex;
    }

    @Override
    public int hashCode() {
        return PixelRowsVertex.class.hashCode();
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 1;
    }

    @Override
    public int maxVertexInputs() {
        return 1;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType networkDatatype) {
        return new Running(graph, name, index, networkDatatype);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        return InputType.feedForward(((InputType.InputTypeConvolutional) inputs[0]).getChannels());
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return new LayerMemoryReport.Builder(null, PixelRowsVertex.class, inputs[0], inputs[0])
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(0, 0)
                .build();
    }

    @SuppressWarnings("overrides") // Deeplearning4j's base class and interface differ in varargs.
    private static final class Running extends BaseGraphVertex {
        Running(ComputationGraph graph, String name, int index, DataType type) {
            super(graph, name, index, null, null, type);
        }

        @Override
        public boolean hasLayer() {
            return false;
        }

        @Override
        @SuppressWarnings("NullAway") // Deeplearning4j's contract: a vertex without a layer answers null.
        public Layer getLayer() {
            return null;
        }

        @Override
        public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
            INDArray planes = inputs[0];
            long rows = planes.size(0) * planes.size(1) * planes.size(2);
            return workspaces.dup(ArrayType.ACTIVATIONS, planes, 'c').reshape('c', rows, planes.size(3));
        }

        @Override
        @SuppressWarnings("NullAway") // Deeplearning4j's contract: no parameters, no gradient of theirs.
        public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
            INDArray planes =
                    workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c').reshape('c', inputs[0].shape());
            return new Pair<>(null, new INDArray[] {planes});
        }

        @Override
        public void setBackpropGradientsViewArray(INDArray gradients) {}

        @Override
        @SuppressWarnings("NullAway") // Deeplearning4j's contract: no mask in, no mask out.
        public Pair<INDArray, MaskState> feedForwardMaskArrays(INDArray[] masks, MaskState state, int photos) {
            return null;
        }

        @Override
        public String toString() {
            return "PixelRows";
        }
    }
}
