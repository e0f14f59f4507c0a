package dev.colorstream.colorizer.network;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Turns a dilated convolution into a plain one, which oneDNN can run: the photo's pixels go into d x d photos by their
 * phase (row mod d, column mod d), or come back from them. NHWC; N x H x W x C becomes d*d*N x H/d x W/d x C. Exact
 * where d divides H and W.
 */
@SuppressWarnings("serial") // ND4J's base class is Serializable; the fields are primitive.
public final class SpaceToBatchVertex extends ParameterlessVertex {
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
    public int minVertexInputs() {
        return 1;
    }

    @Override
    public int maxVertexInputs() {
        return 1;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        InputType.InputTypeConvolutional input = (InputType.InputTypeConvolutional) inputs[0];
        long height = toBatch ? input.getHeight() / dilation : input.getHeight() * dilation;
        long width = toBatch ? input.getWidth() / dilation : input.getWidth() * dilation;
        return InputType.convolutional(height, width, input.getChannels(), CNN2DFormat.NHWC);
    }

    @Override
    INDArray forward(INDArray[] inputs, LayerWorkspaceMgr workspaces) {
        return rearrange(inputs[0], dilation, toBatch, ArrayType.ACTIVATIONS, workspaces);
    }

    @Override
    INDArray[] backward(INDArray[] inputs, INDArray gradient, LayerWorkspaceMgr workspaces) {
        return new INDArray[] {rearrange(gradient, dilation, !toBatch, ArrayType.ACTIVATION_GRAD, workspaces)};
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
}
