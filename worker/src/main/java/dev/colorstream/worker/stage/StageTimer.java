package dev.colorstream.worker.stage;

import dev.colorstream.contract.Stage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Measures what a stage takes for each photo: the meter {@code colorstream.stage}, and the photo's own account. */
public final class StageTimer {
    private final Stage stage;
    private final Timer timer;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock that never goes back, in nanoseconds */
    public StageTimer(Stage stage, MeterRegistry registry, LongSupplier nanoTime) {
        this.stage = stage;
        this.nanoTime = nanoTime;
        timer = Timer.builder("colorstream.stage")
                .description("time of a photo in a stage, waiting for its threads included")
                .tag("stage", stage.wireName())
                .register(registry);
    }

    /** Now, in nanoseconds of an own era. */
    public long now() {
        return nanoTime.getAsLong();
    }

    /** Books the time since a start, as of {@link #now()}. */
    public void book(StageTimes times, long start) {
        long nanos = now() - start;
        timer.record(nanos, TimeUnit.NANOSECONDS);
        times.add(stage, nanos);
    }
}
