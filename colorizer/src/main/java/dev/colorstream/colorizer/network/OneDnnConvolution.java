package dev.colorstream.colorizer.network;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * Deeplearning4j's convolution layer for NHWC planes and oneDNN, with the same parameters and the same function but
 * without two costs: a transposed copy of the input on every pass, made only to read its shape, and a second forward
 * convolution in the backward pass. Falls back on the stock layer where oneDNN does not serve.
 */
@SuppressWarnings("serial") // Deeplearning4j's base class is Serializable; there are no fields.
public final class OneDnnConvolution extends ConvolutionLayer {
    /** For Deeplearning4j's JSON. */
    OneDnnConvolution() {}

    OneDnnConvolution(Builder builder) {
        super(builder);
    }

    @Override
    public OneDnnConvolution clone() {
        return (OneDnnConvolution) super.clone();
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType networkDataType) {
        Running layer = new Running(configuration, networkDataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(configuration, parameters, initialize));
        layer.setConf(configuration);
        return layer;
    }

    /** The layer at work. */
    static final class Running extends org.deeplearning4j.nn.layers.convolution.ConvolutionLayer {
        private transient @Nullable INDArray lastOutput;

        Running(NeuralNetConfiguration configuration, DataType type) {
            super(configuration, type);
        }

        /** Whether oneDNN runs this layer. */
        boolean isServedByOneDnn() {
            return helper != null
                    && helper.checkSupported()
                    && layerConf().getCnn2dDataFormat() == CNN2DFormat.NHWC
                    && dataType == DataType.FLOAT;
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
            if (!isServedByOneDnn()) {
                return super.activate(training, workspaces);
            }
            ConvolutionLayer layer = layerConf();
            if (!Shape.hasDefaultStridesForShape(input)) {
                input = workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
            }
            INDArray output = helper.preOutput(
                    input,
                    getParam("W"),
                    getParam("b"),
                    layer.getKernelSize(),
                    layer.getStride(),
                    layer.getPadding(),
                    layer.getCudnnAlgoMode(),
                    layer.getCudnnFwdAlgo(),
                    convolutionMode,
                    layer.getDilation(),
                    CNN2DFormat.NHWC,
                    workspaces);
            IActivation activation = layer.getActivationFn();
            if (!(activation instanceof ActivationIdentity)) {
                output = activation.getActivation(output, training);
            }
            lastOutput = training ? output : null;
            return output;
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            INDArray output = lastOutput;
            if (!isServedByOneDnn() || output == null) {
                return super.backpropGradient(epsilon, workspaces);
            }
            lastOutput = null;
            ConvolutionLayer layer = layerConf();
            IActivation activation = layer.getActivationFn();
            INDArray upstream = Shape.hasDefaultStridesForShape(epsilon) ? epsilon : epsilon.dup('c');
            INDArray delta = activation instanceof ActivationIdentity
                    ? upstream
                    : activation.backprop(output, upstream).getFirst();
            return helper.backpropGradient(
                    input,
                    getParam("W"),
                    getParam("b"),
                    delta,
                    layer.getKernelSize(),
                    layer.getStride(),
                    layer.getPadding(),
                    gradientViews.get("b"),
                    gradientViews.get("W"),
                    activation,
                    layer.getCudnnAlgoMode(),
                    layer.getCudnnBwdFilterAlgo(),
                    layer.getCudnnBwdDataAlgo(),
                    convolutionMode,
                    layer.getDilation(),
                    CNN2DFormat.NHWC,
                    workspaces);
        }
    }
}
