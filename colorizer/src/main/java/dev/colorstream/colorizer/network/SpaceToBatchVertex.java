package dev.colorstream.colorizer.network;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.CNN2DFormat;
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
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Turns a dilated convolution into a plain one, which oneDNN can run: the photo's pixels go into d x d photos by their
 * phase (row mod d, column mod d), or come back from them. NHWC; N x H x W x C becomes d*d*N x H/d x W/d x C. Exact
 * where d divides H and W.
 */
@SuppressWarnings("serial") // ND4J's base class is Serializable; the fields are primitive.
public final class SpaceToBatchVertex extends GraphVertex {
    private final int dilation;
    private final boolean toBatch;

    /**
     * @param dilation d
     * @param toBatch true takes apart by phase, false puts together again
     */
    public SpaceToBatchVertex(@JsonProperty("dilation") int dilation, @JsonProperty("toBatch") boolean toBatch) {
        this.dilation = dilation;
        this.toBatch = toBatch;
    }

    public int getDilation() {
        return dilation;
    }

    public boolean isToBatch() {
        return toBatch;
    }

    @Override
    public GraphVertex clone() {
        return new SpaceToBatchVertex(dilation, toBatch);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpaceToBatchVertex that && that.dilation == dilation && that.toBatch == toBatch;
    }

    @Override
    public int hashCode() {
        return 2 * dilation + (toBatch ? 1 : 0);
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
        return new Running(graph, name, index, networkDatatype, dilation, toBatch);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        InputType.InputTypeConvolutional input = (InputType.InputTypeConvolutional) inputs[0];
        long height = toBatch ? input.getHeight() / dilation : input.getHeight() * dilation;
        long width = toBatch ? input.getWidth() / dilation : input.getWidth() * dilation;
        return InputType.convolutional(height, width, input.getChannels(), CNN2DFormat.NHWC);
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return new LayerMemoryReport.Builder(null, SpaceToBatchVertex.class, inputs[0], inputs[0])
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(0, 0)
                .build();
    }

    private static INDArray rearrange(
            INDArray input, int d, boolean toBatch, ArrayType type, LayerWorkspaceMgr workspaces) {
        boolean contiguous = input.ordering() == 'c' && !input.isView() && Shape.hasDefaultStridesForShape(input);
        INDArray from = contiguous ? input : input.dup('c');
        long height = from.size(1);
        long width = from.size(2);
        long channels = from.size(3);
        INDArray permuted;
        INDArray output;
        if (toBatch) {
            long photos = from.size(0);
            permuted = from.reshape('c', photos, height / d, d, width / d, d, channels)
                    .permute(2, 4, 0, 1, 3, 5);
            output = workspaces.createUninitialized(
                    type, from.dataType(), new long[] {photos * d * d, height / d, width / d, channels}, 'c');
        } else {
            long photos = from.size(0) / d / d;
            permuted = from.reshape('c', d, d, photos, height, width, channels).permute(2, 3, 0, 4, 1, 5);
            output = workspaces.createUninitialized(
                    type, from.dataType(), new long[] {photos, height * d, width * d, channels}, 'c');
        }
        output.reshape('c', permuted.shape()).assign(permuted);
        return output;
    }

    @SuppressWarnings("overrides") // Deeplearning4j's base class and interface differ in varargs.
    private static final class Running extends BaseGraphVertex {
        private final int dilation;
        private final boolean toBatch;

        Running(ComputationGraph graph, String name, int index, DataType type, int dilation, boolean toBatch) {
            super(graph, name, index, null, null, type);
            this.dilation = dilation;
            this.toBatch = toBatch;
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
            return rearrange(inputs[0], dilation, toBatch, ArrayType.ACTIVATIONS, workspaces);
        }

        @Override
        @SuppressWarnings("NullAway") // Deeplearning4j's contract: no parameters, no gradient of theirs.
        public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
            INDArray gradient = rearrange(epsilon, dilation, !toBatch, ArrayType.ACTIVATION_GRAD, workspaces);
            return new Pair<>(null, new INDArray[] {gradient});
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
            return "SpaceToBatch(" + dilation + (toBatch ? ")" : ", inverse)");
        }
    }
}
