package dev.colorstream.worker.status;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** What must hold for the worker to be alive, and to be ready. Safe from several threads. */
public final class Health {
    private final Map<String, BooleanSupplier> aliveConditions = new ConcurrentHashMap<>();
    private final Map<String, BooleanSupplier> readyConditions = new ConcurrentHashMap<>();

    /** Adds a condition of being alive; a worker that is not should be started anew. */
    public void aliveWhile(String condition, BooleanSupplier holds) {
        aliveConditions.put(condition, holds);
    }

    /** Adds a condition of being ready; a worker that is not may become so by itself. */
    public void readyWhile(String condition, BooleanSupplier holds) {
        readyConditions.put(condition, holds);
    }

    /** The conditions of being alive that do not hold. */
    public List<String> missingForLife() {
        return missing(aliveConditions);
    }

    /** The conditions of being ready that do not hold. */
    public List<String> missingForReadiness() {
        return missing(readyConditions);
    }

    private static List<String> missing(Map<String, BooleanSupplier> conditions) {
        return conditions.entrySet().stream()
                .filter(condition -> !condition.getValue().getAsBoolean())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
