package dev.colorstream.colorizer.network;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of each channel over all places: N x H x W x C becomes N x 1 x 1 x C, whatever H and W are. */
@SuppressWarnings("serial") // ND4J's base class is Serializable; there are no fields.
public final class GlobalMeanVertex extends ParameterlessVertex {
    @Override
    public GraphVertex clone() {
        return new GlobalMeanVertex();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GlobalMeanVertex;
    }

    @Override
    public int hashCode() {
        return GlobalMeanVertex.class.hashCode();
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
        long channels = ((InputType.InputTypeConvolutional) inputs[0]).getChannels();
        return InputType.convolutional(1, 1, channels, CNN2DFormat.NHWC);
    }

    @Override
    INDArray forward(INDArray[] inputs, LayerWorkspaceMgr workspaces) {
        return workspaces.dup(ArrayType.ACTIVATIONS, inputs[0].mean(true, 1, 2), 'c');
    }

    @Override
    INDArray[] backward(INDArray[] inputs, INDArray gradient, LayerWorkspaceMgr workspaces) {
        INDArray planes =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, gradient.dataType(), inputs[0].shape(), 'c');
        planes.assign(gradient.div(planes.size(1) * planes.size(2)).broadcast(planes.shape()));
        return new INDArray[] {planes};
    }
}
