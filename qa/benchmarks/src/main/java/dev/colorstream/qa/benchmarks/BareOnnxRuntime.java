package dev.colorstream.qa.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime with a network file and nothing of ours: as many threads as a pass of ours has, else as it comes. */
final class BareOnnxRuntime implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;
    private final int size;

    BareOnnxRuntime(Path file, int size) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(Integer.parseInt(System.getenv().getOrDefault("OMP_NUM_THREADS", "0")));
            session = environment.createSession(file.toString(), options);
        }
        input = session.getInputNames().iterator().next();
        this.size = size;
    }

    /** One pass; gives the count of values, which lie in native memory and are freed. */
    int predict(float[] luminance, int batch) throws OrtException {
        try (OnnxTensor planes = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(luminance), new long[] {batch, 1, size, size});
                OrtSession.Result result = session.run(Map.of(input, planes))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().remaining();
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
