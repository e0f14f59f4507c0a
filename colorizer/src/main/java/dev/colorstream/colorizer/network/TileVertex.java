package dev.colorstream.colorizer.network;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vector a photo repeated at every place of a plane: N x 1 x 1 x C beside N x H x W x D becomes N x H x W x C. Of the
 * plane only the size is read, so that no gradient goes into it.
 */
@SuppressWarnings("serial") // ND4J's base class is Serializable; there are no fields.
public final class TileVertex extends ParameterlessVertex {
    @Override
    public GraphVertex clone() {
        return new TileVertex();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TileVertex;
    }

    @Override
    public int hashCode() {
        return TileVertex.class.hashCode();
    }

    @Override
    public int minVertexInputs() {
        return 2;
    }

    @Override
    public int maxVertexInputs() {
        return 2;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        InputType.InputTypeConvolutional vector = (InputType.InputTypeConvolutional) inputs[0];
        InputType.InputTypeConvolutional plane = (InputType.InputTypeConvolutional) inputs[1];
        return InputType.convolutional(plane.getHeight(), plane.getWidth(), vector.getChannels(), CNN2DFormat.NHWC);
    }

    @Override
    INDArray forward(INDArray[] inputs, LayerWorkspaceMgr workspaces) {
        INDArray vector = inputs[0];
        INDArray plane = inputs[1];
        long[] shape = {vector.size(0), plane.size(1), plane.size(2), vector.size(3)};
        INDArray tiled = workspaces.createUninitialized(ArrayType.ACTIVATIONS, vector.dataType(), shape, 'c');
        return tiled.assign(vector.broadcast(shape));
    }

    @Override
    INDArray[] backward(INDArray[] inputs, INDArray gradient, LayerWorkspaceMgr workspaces) {
        INDArray plane = inputs[1];
        return new INDArray[] {
            workspaces.dup(ArrayType.ACTIVATION_GRAD, gradient.sum(true, 1, 2), 'c'),
            workspaces.create(ArrayType.ACTIVATION_GRAD, plane.dataType(), plane.shape(), 'c')
        };
    }
}
