package dev.colorstream.dashboard.state;

import dev.colorstream.contract.Stage;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** What a model version did in some time: counts, and how long each stage took. Values grow; not safe from several threads. */
public final class Figures {
    /** Two digits: a quantile is off by at most 1 %. */
    private static final int DIGITS = 2;

    private static final long LONGEST_MS = 3_600_000;

    /** In bytes, its length included. */
    private static final int LONGEST_NAME = 64;

    private final Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);
    private final Histogram total = histogram();
    private long colored;
    private long failed;

    /** The quantiles of one stage, or of all together, in milliseconds. */
    public record Quantiles(long p50, long p95, long p99) {
        static Quantiles of(Histogram histogram) {
            return new Quantiles(
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(95),
                    histogram.getValueAtPercentile(99));
        }
    }

    Figures add(ColorizeResult result) {
        if (result instanceof Colored) {
            colored++;
        } else {
            failed++;
        }
        long sum = 0;
        for (Map.Entry<Stage, Long> stage : result.milliseconds().entrySet()) {
            long ms = Math.max(0, Math.min(stage.getValue(), LONGEST_MS));
            stages.computeIfAbsent(stage.getKey(), unused -> histogram()).recordValue(ms);
            sum += ms;
        }
        total.recordValue(sum);
        return this;
    }

    /** Takes the others' results into these. */
    public Figures merge(Figures other) {
        colored += other.colored;
        failed += other.failed;
        total.add(other.total);
        other.stages.forEach((stage, times) ->
                stages.computeIfAbsent(stage, unused -> histogram()).add(times));
        return this;
    }

    public long colored() {
        return colored;
    }

    public long failed() {
        return failed;
    }

    /** The failed part of all results, in [0,1]; 0 where there are none. */
    public double failureShare() {
        return colored + failed == 0 ? 0 : failed / (double) (colored + failed);
    }

    /** All stages of a photo together, the waiting between them left out. */
    public Quantiles total() {
        return Quantiles.of(total);
    }

    /** A stage that some photo passed. */
    public Optional<Quantiles> stage(Stage stage) {
        return Optional.ofNullable(stages.get(stage)).map(Quantiles::of);
    }

    byte[] toBytes() {
        int size = 2 * Long.BYTES + total.getNeededByteBufferCapacity();
        for (Histogram times : stages.values()) {
            size += LONGEST_NAME + times.getNeededByteBufferCapacity();
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.putLong(colored).putLong(failed);
        total.encodeIntoByteBuffer(bytes);
        stages.forEach((stage, times) -> {
            byte[] name = stage.wireName().getBytes(StandardCharsets.US_ASCII);
            bytes.put((byte) name.length).put(name);
            times.encodeIntoByteBuffer(bytes);
        });
        byte[] used = new byte[bytes.position()];
        bytes.flip().get(used);
        return used;
    }

    static Figures ofBytes(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        Figures figures = new Figures();
        figures.colored = bytes.getLong();
        figures.failed = bytes.getLong();
        figures.total.add(decoded(bytes));
        while (bytes.hasRemaining()) {
            byte[] name = new byte[bytes.get()];
            bytes.get(name);
            Histogram times = decoded(bytes);
            Stage.ofWireName(new String(name, StandardCharsets.US_ASCII))
                    .ifPresent(stage -> figures.stages.put(stage, times));
        }
        return figures;
    }

    private static Histogram decoded(ByteBuffer bytes) {
        // What was decoded itself cannot grow.
        Histogram histogram = histogram();
        histogram.add(Histogram.decodeFromByteBuffer(bytes, 0));
        return histogram;
    }

    private static Histogram histogram() {
        Histogram histogram = new Histogram(DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }
}
