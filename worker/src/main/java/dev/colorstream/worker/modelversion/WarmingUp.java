package dev.colorstream.worker.modelversion;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.UnusablePredictionException;
import dev.colorstream.colorizer.network.EngineLanes;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.RefusalReason;
import dev.colorstream.worker.modelversion.VersionState.OpenOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A version whose network is open and runs once with each size of batch, so that no photo waits for that. */
final class WarmingUp implements OpenOutcome {
    private static final float WHITE = 100;

    private final ModelVersionId version;
    private final Palette palette;
    private final List<InferenceEngine> lanes;

    /** @param lanes engines on the version's network, closed with it */
    WarmingUp(ModelVersionId version, Palette palette, List<InferenceEngine> lanes) {
        this.version = version;
        this.palette = palette;
        this.lanes = List.copyOf(lanes);
    }

    /** Whether others color meanwhile. */
    enum Pace {
        /** Nobody: all lanes at once. */
        ALONE,
        /** A version serves: one lane after another, which rests after a pass for as long as the pass took. */
        BESIDE_SERVING
    }

    @Override
    public ModelVersionId version() {
        return version;
    }

    @Override
    public String stateName() {
        return "warming-up";
    }

    /**
     * Runs a batch of each size on each lane. A version that does not serve afterwards is closed.
     *
     * @param abandoned set by who does not wait for the end any more
     */
    WarmUpOutcome warmUp(int largestBatch, Pace pace, AtomicBoolean abandoned) {
        try {
            runLanes(largestBatch, pace, abandoned);
            return new Serving(new ServedModel(version, palette, Colorizer.of(new EngineLanes(lanes))));
        } catch (ExecutionException e) {
            lanes.forEach(InferenceEngine::close);
            Throwable cause = e.getCause();
            return cause instanceof UnusablePredictionException
                    ? new Refused(version, RefusalReason.NOT_FINITE, String.valueOf(cause.getMessage()))
                    : new Refused(version, RefusalReason.WARM_UP_FAILED, "its first passes failed: " + cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lanes.forEach(InferenceEngine::close);
            return new Refused(version, RefusalReason.OTHER, "its warm-up was broken off");
        }
    }

    /** On threads that end: one that has run a pass keeps native memory for its next. */
    private void runLanes(int largestBatch, Pace pace, AtomicBoolean abandoned)
            throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(pace == Pace.ALONE ? lanes.size() : 1, work -> {
            Thread thread = new Thread(work, "warm-up-" + version);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (InferenceEngine lane : lanes) {
                running.add(threads.submit(() -> {
                    runSizes(lane, largestBatch, pace, abandoned);
                    return lane;
                }));
            }
            for (Future<?> lane : running) {
                lane.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private void runSizes(InferenceEngine lane, int largestBatch, Pace pace, AtomicBoolean abandoned)
            throws InterruptedException {
        Colorizer colorizer = Colorizer.of(lane);
        float[] slope = slope(lane.inputSize());
        for (int size = 1; size <= largestBatch; size++) {
            if (abandoned.get()) {
                throw new CancellationException("nobody waits for it any more");
            }
            long start = System.nanoTime();
            colorizer.predict(Collections.nCopies(size, slope)).get(0).decode(palette);
            if (pace == Pace.BESIDE_SERVING) {
                TimeUnit.NANOSECONDS.sleep(System.nanoTime() - start);
            }
        }
    }

    /** From black to white, so that no neuron is left out that a photo would reach. */
    private static float[] slope(int side) {
        float[] luminance = new float[side * side];
        for (int i = 0; i < luminance.length; i++) {
            luminance[i] = WHITE * (i % side) / (side - 1);
        }
        return luminance;
    }
}
