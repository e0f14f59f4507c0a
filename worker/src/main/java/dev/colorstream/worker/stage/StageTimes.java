package dev.colorstream.worker.stage;

import dev.colorstream.contract.Stage;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long each stage took for one request. Safe from several threads. */
public final class StageTimes {
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);

    synchronized void add(Stage stage, long spent) {
        nanos.merge(stage, spent, Long::sum);
    }

    /** Milliseconds in each stage that was passed. */
    public synchronized Map<Stage, Long> milliseconds() {
        Map<Stage, Long> milliseconds = new EnumMap<>(Stage.class);
        nanos.forEach((stage, spent) -> milliseconds.put(stage, TimeUnit.NANOSECONDS.toMillis(spent)));
        return milliseconds;
    }
}
