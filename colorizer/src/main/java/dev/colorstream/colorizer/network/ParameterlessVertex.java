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
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A vertex of our own for Deeplearning4j's graphs: a function of planes that learns nothing, and its gradient. */
@SuppressWarnings("serial") // ND4J's base class is Serializable; there are no fields.
abstract class ParameterlessVertex extends GraphVertex {
    /** The output; in the workspace of activations. */
    abstract INDArray forward(INDArray[] inputs, LayerWorkspaceMgr workspaces);

    /** The gradient of each input for that of the output; in the workspace of gradients of activations. */
    abstract INDArray[] backward(INDArray[] inputs, INDArray gradient, LayerWorkspaceMgr workspaces);

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType networkDatatype) {
        return new Running(this, graph, name, index, networkDatatype);
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return new LayerMemoryReport.Builder(null, getClass(), inputs[0], inputs[0])
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(0, 0)
                .build();
    }

    @SuppressWarnings("overrides") // Deeplearning4j's base class and interface differ in varargs.
    private static final class Running extends BaseGraphVertex {
        private final ParameterlessVertex vertex;

        Running(ParameterlessVertex vertex, ComputationGraph graph, String name, int index, DataType type) {
            super(graph, name, index, null, null, type);
            this.vertex = vertex;
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
            return vertex.forward(inputs, workspaces);
        }

        @Override
        @SuppressWarnings("NullAway") // Deeplearning4j's contract: no parameters, no gradient of theirs.
        public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
            return new Pair<>(null, vertex.backward(inputs, epsilon, workspaces));
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
            return vertex.getClass().getSimpleName();
        }
    }
}
