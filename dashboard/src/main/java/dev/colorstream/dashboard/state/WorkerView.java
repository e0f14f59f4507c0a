package dev.colorstream.dashboard.state;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A worker, as its results show it.
 *
 * @param lastSeen when its newest result was completed
 * @param version of the model that its newest color photo was made with
 * @param perMinute how many photos it brought to an end, by minutes since 1970, of the last {@link #MINUTES}
 */
public record WorkerView(String worker, Instant lastSeen, Optional<ModelVersionId> version, Map<Long, Long> perMinute) {
    /** A quarter of an hour and the minute that is under way. */
    static final int MINUTES = 16;

    public WorkerView {
        perMinute = Map.copyOf(perMinute);
    }

    static WorkerView begun(String worker) {
        return new WorkerView(worker, Instant.EPOCH, Optional.empty(), Map.of());
    }

    WorkerView after(ColorizeResult result) {
        boolean newer = !result.completedAt().isBefore(lastSeen);
        Instant seen = newer ? result.completedAt() : lastSeen;
        Optional<ModelVersionId> told =
                newer && result instanceof Colored colored ? Optional.of(colored.modelVersion()) : version;
        TreeMap<Long, Long> counts = new TreeMap<>(perMinute);
        counts.merge(minute(result.completedAt()), 1L, Long::sum);
        return new WorkerView(worker, seen, told, counts.tailMap(minute(seen) - MINUTES + 1, true));
    }

    /**
     * Photos a second over the last minutes that are over.
     *
     * @param minutes how many, at most 15
     */
    public double rate(Instant now, int minutes) {
        long end = minute(now);
        long count = LongStream.range(end - minutes, end)
                .map(minute -> perMinute.getOrDefault(minute, 0L))
                .sum();
        return count / (60.0 * minutes);
    }

    private static long minute(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 60L);
    }
}
