package dev.colorstream.dashboard.state;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A worker, as its results show it.
 *
 * @param lastSeen when its newest result was completed
 * @param version of the model that its newest color photo was made with
 * @param perMinute how many results it gave, by minutes since 1970, of the last {@link #MINUTES}
 */
public record WorkerView(String worker, Instant lastSeen, Optional<ModelVersionId> version, Map<Long, Long> perMinute) {
    static final int MINUTES = 15;

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

    /** Results a second over the whole minutes of the window that ends now. */
    public double rate(Instant now, Duration window) {
        long first = minute(now.minus(window)) + 1;
        long count = perMinute.entrySet().stream()
                .filter(entry -> entry.getKey() >= first)
                .mapToLong(Map.Entry::getValue)
                .sum();
        return count / (double) window.toSeconds();
    }

    private static long minute(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 60L);
    }
}
