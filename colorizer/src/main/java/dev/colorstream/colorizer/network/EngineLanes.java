package dev.colorstream.colorizer.network;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Engines of one network that work side by side, each on a pass of its own. Threads of one pass wait for each other behind
 * every layer; threads of different passes do not, and so give more photos a second as soon as there are two batches.
 */
public final class EngineLanes implements InferenceEngine {
    private final List<? extends InferenceEngine> engines;
    private final Queue<InferenceEngine> free;
    private final Semaphore lanes;

    /** @param engines at least one, all of the same network; closed with this */
    public EngineLanes(List<? extends InferenceEngine> engines) {
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("there is no engine");
        }
        this.engines = List.copyOf(engines);
        free = new ConcurrentLinkedQueue<>(engines);
        lanes = new Semaphore(engines.size());
    }

    @Override
    public int inputSize() {
        return engines.get(0).inputSize();
    }

    /** One pass on the first engine that is free. */
    @Override
    public List<Prediction> predict(float[] luminance, int photos) {
        lanes.acquireUninterruptibly();
        InferenceEngine engine = free.remove();
        try {
            return engine.predict(luminance, photos);
        } finally {
            free.add(engine);
            lanes.release();
        }
    }

    /** Waits for the passes that run, then closes the engines. */
    @Override
    public void close() {
        lanes.acquireUninterruptibly(engines.size());
        try {
            engines.forEach(InferenceEngine::close);
        } finally {
            lanes.release(engines.size());
        }
    }
}
