package dev.colorstream.colorizer.network;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.colorstream.colorizer.network.NetworkFileException.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Serves {@code network.onnx} by ONNX Runtime, one pass at a time: on the CPU, or, in a build of the Maven profile
 * {@code cuda-ort}, on an NVIDIA card or not at all: an operator who pays for a card must not get the CPU silently.
 */
public final class OnnxRuntimeEngine implements InferenceEngine {
    private static final long FREE = -1;
    private static final String OUTPUT = "output";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final int inputSize;
    private final Head head;
    private FloatBuffer output = FloatBuffer.allocate(0);
    private boolean closed;

    private OnnxRuntimeEngine(OrtEnvironment environment, OrtSession session, int inputSize) throws OrtException {
        this.environment = environment;
        this.session = session;
        this.inputSize = inputSize;
        Set<String> outputs = session.getOutputInfo().keySet();
        this.head = Arrays.stream(Head.values())
                .filter(known -> outputs.contains(known.layer()))
                .findFirst()
                .orElse(Head.BIN_DISTRIBUTION);
    }

    /** Opens a network file with as many threads as {@code OMP_NUM_THREADS} says, else one for each processor. */
    public static OnnxRuntimeEngine open(Path networkFile, int inputSize) {
        return open(networkFile, inputSize, PassThreads.of(System.getenv().getOrDefault(PassThreads.VARIABLE, "")));
    }

    /**
     * Opens a network file and runs it once.
     *
     * @param inputSize S, a multiple of {@link Architecture#SIZE_STEP}
     * @param threads that one pass uses, the caller's among them
     * @throws NetworkFileException where the file is no network, or none that turns {@code luminance} into
     *     {@code logits} or {@code ab} as {@link OnnxFile} says
     * @throws UnsupportedCpuException where ONNX Runtime has no native library for this machine, or the build wants a card
     *     that is not there
     */
    public static OnnxRuntimeEngine open(Path networkFile, int inputSize, int threads) {
        Architecture.requireInputSize(inputSize);
        if (threads < 1 || threads > PassThreads.MOST) {
            throw new IllegalArgumentException("threads is " + threads + ", not 1 to " + PassThreads.MOST);
        }
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            // Threads that wait by spinning would take the cores from decoding and encoding between two batches.
            options.addConfigEntry("session.force_spinning_stop", "1");
            if (CudaCards.isCudaOrtBuild()) {
                takeCard(options);
            }
            OrtSession session = environment.createSession(networkFile.toString(), options);
            OnnxRuntimeEngine engine = new OnnxRuntimeEngine(environment, session, inputSize);
            try {
                engine.checkShapes(networkFile);
                engine.run(new float[inputSize * inputSize], 1);
            } catch (OrtException | RuntimeException e) {
                engine.close();
                throw e;
            }
            return engine;
        } catch (OrtException e) {
            throw new NetworkFileException(
                    networkFile + " is no network that ONNX Runtime can run: " + e.getMessage(), e);
        }
    }

    /** Whether {@link #open} takes an NVIDIA card, which one pass at a time keeps at work. */
    public static boolean isOnCard() {
        return CudaCards.isCudaOrtBuild() && !CudaCards.here().cards().isEmpty();
    }

    private static void takeCard(OrtSession.SessionOptions options) {
        CudaCards.Card card = CudaCards.here().first("cuda-ort");
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions()) {
            // Ten bits of mantissa would not give the same colors as the other engine.
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        } catch (OrtException | LinkageError e) {
            throw new UnsupportedCpuException(
                    "ONNX Runtime cannot take the card " + card
                            + ", for which it needs CUDA 12 and cuDNN 9 on its library" + " path: "
                            + String.valueOf(e.getMessage()).replace('\n', ' '),
                    e);
        }
    }

    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            throw new UnsupportedCpuException(
                    "ONNX Runtime cannot run on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                            + ": " + (e.getCause() == null ? e : e.getCause()),
                    e);
        }
    }

    private void checkShapes(Path file) throws OrtException {
        int side = inputSize / Architecture.REDUCTION;
        check(file, "input", session.getInputInfo(), OnnxGraph.LUMINANCE, FREE, 1, inputSize, inputSize);
        check(file, OUTPUT, session.getOutputInfo(), head.layer(), FREE, side, side, head.channels());
    }

    /** A dimension that the file leaves free takes any size; one that must be free takes no fixed one. */
    private static void check(Path file, String role, Map<String, NodeInfo> found, String name, long... wanted) {
        NodeInfo info = found.get(name);
        boolean fits = found.size() == 1
                && info != null
                && info.getInfo() instanceof TensorInfo tensor
                && tensor.type == OnnxJavaType.FLOAT
                && fits(tensor.getShape(), wanted);
        if (!fits) {
            throw new NetworkFileException(
                    role.equals(OUTPUT) ? Fault.WRONG_PREDICTION : Fault.UNREADABLE,
                    file + " has the " + role + " " + found.values() + ", not one of floats named "
                            + name + " with the dimensions " + Arrays.toString(wanted) + " where " + FREE
                            + " is any number of photos");
        }
    }

    private static boolean fits(long[] shape, long[] wanted) {
        if (shape.length != wanted.length) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] != FREE && shape[i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int inputSize() {
        return inputSize;
    }

    @Override
    public synchronized List<Prediction> predict(float[] luminance, int photos) {
        if (closed) {
            throw new IllegalStateException("this network has been closed");
        }
        if (photos < 1 || luminance.length != photos * inputSize * inputSize) {
            throw new IllegalArgumentException(luminance.length + " luminance values are not " + photos + " photos of "
                    + inputSize + " x " + inputSize);
        }
        try {
            return run(luminance, photos);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed on a batch of " + photos + ": " + e.getMessage(), e);
        }
    }

    private List<Prediction> run(float[] luminance, int photos) throws OrtException {
        int side = inputSize / Architecture.REDUCTION;
        int perPhoto = side * side * head.channels();
        FloatBuffer values = room(Math.multiplyExact(photos, perPhoto));
        long[] inputShape = {photos, 1, inputSize, inputSize};
        long[] outputShape = {photos, side, side, head.channels()};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(luminance), inputShape);
                OnnxTensor received = OnnxTensor.createTensor(environment, values, outputShape)) {
            session.run(Map.of(OnnxGraph.LUMINANCE, input), Map.of(head.layer(), received))
                    .close();
        }
        List<Prediction> predictions = new ArrayList<>();
        for (int photo = 0; photo < photos; photo++) {
            // One array a photo, so that each is freed when its photo is done.
            float[] own = new float[perPhoto];
            values.get(photo * perPhoto, own);
            predictions.add(head.prediction(side, side, own));
        }
        return predictions;
    }

    /** Native memory that ONNX Runtime writes into itself; it grows to the largest batch and is used again. */
    private FloatBuffer room(int values) {
        if (output.capacity() < values) {
            output = ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return output.slice(0, values);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        output = FloatBuffer.allocate(0);
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot free the network: " + e.getMessage(), e);
        }
    }
}
