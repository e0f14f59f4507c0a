package dev.colorstream.worker.configuration;

import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is set for a worker, checked.
 *
 * @param models which versions color
 * @param engine that runs its network
 * @param pass how long a pass takes where there is no network
 * @param kafka properties of any Kafka client: where the brokers are, and how to get in
 * @param store where the objects are, and how to get in
 * @param buckets that gray photos may lie in; not empty
 * @param workerId the worker's name in results and logs; no white space
 * @param http where it tells of itself
 * @param consumers K: share consumers, each with a window of its own
 * @param window records that a consumer holds at once
 * @param batch how micro-batches are made
 * @param threads of the stages
 * @param limits of a photo
 * @param shutdownGrace how long photos in work may take when the worker ends
 */
public record WorkerConfig(
        Models models,
        Engine engine,
        Duration pass,
        Map<String, Object> kafka,
        ObjectStoreConnection store,
        Set<String> buckets,
        String workerId,
        Http http,
        int consumers,
        int window,
        Batch batch,
        Threads threads,
        Limits limits,
        Duration shutdownGrace) {
    public WorkerConfig {
        kafka = Map.copyOf(kafka);
        buckets = Set.copyOf(buckets);
    }

    /** Without the Kafka properties, which may hold passwords. */
    @Override
    public String toString() {
        return "WorkerConfig[" + workerId + ", " + models + " by " + engine.configName() + ", Kafka "
                + kafka.get("bootstrap.servers")
                + ", " + store + ", buckets " + buckets + ", " + http + ", consumers " + consumers + ", window "
                + window + ", " + batch + ", " + threads + ", " + limits + ", grace " + shutdownGrace + "]";
    }

    /**
     * Which model versions color.
     *
     * @param folder of the only one; empty where the channels tell
     * @param most in memory at once, at least 3
     * @param warmUpLimit how long one may take until it is warm
     */
    public record Models(Optional<Path> folder, int most, Duration warmUpLimit) {}

    /**
     * Where a worker tells of itself.
     *
     * @param port 0 for a free one
     */
    public record Http(String host, int port) {}

    /**
     * How micro-batches are made.
     *
     * @param size photos of a full one
     * @param linger how long a photo waits for others
     */
    public record Batch(int size, Duration linger) {}

    /** How many photos each stage works on at once; {@code colorize} counts micro-batches. */
    public record Threads(int fetch, int decode, int colorize, int encode, int deliver) {}

    /**
     * What a photo may cost.
     *
     * @param maxBytes of its file
     * @param maxPixels of the photo
     * @param pixelBudget of all photos that are decoded at once; a larger one runs alone
     * @param fileBudget bytes of all gray photos that are not decoded yet, and as many of color photos that are not stored
     *     yet; follows from the heap
     * @param missingGrace how long after its request it may come
     */
    public record Limits(long maxBytes, long maxPixels, int pixelBudget, int fileBudget, Duration missingGrace) {}
}
