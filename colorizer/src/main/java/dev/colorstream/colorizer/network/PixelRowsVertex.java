package dev.colorstream.colorizer.network;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lays the pixels of N x H x W x C planes out as N*H*W rows of C values, so that a loss of rows can be used.
 * Deeplearning4j's own loss layer for planes trains NHWC planes with a wrong gradient.
 */
@SuppressWarnings("serial") // ND4J's base class is Serializable; there are no fields.
public final class PixelRowsVertex extends ParameterlessVertex {
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
    public int minVertexInputs() {
        return 1;
    }

    @Override
    public int maxVertexInputs() {
        return 1;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        return InputType.feedForward(((InputType.InputTypeConvolutional) inputs[0]).getChannels());
    }

    @Override
    INDArray forward(INDArray[] inputs, LayerWorkspaceMgr workspaces) {
        INDArray planes = inputs[0];
        long rows = planes.size(0) * planes.size(1) * planes.size(2);
        return workspaces.dup(ArrayType.ACTIVATIONS, planes, 'c').reshape('c', rows, planes.size(3));
    }

    @Override
    INDArray[] backward(INDArray[] inputs, INDArray gradient, LayerWorkspaceMgr workspaces) {
        INDArray planes =
                workspaces.dup(ArrayType.ACTIVATION_GRAD, gradient, 'c').reshape('c', inputs[0].shape());
        return new INDArray[] {planes};
    }
}
