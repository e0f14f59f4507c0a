package dev.colorstream.dashboard;

import dev.colorstream.contract.topic.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many requests wait for the workers, as the meter {@code colorstream.backlog} by topic; no number while Kafka does not
 * tell. It goes on where no worker runs, so that autoscalers can start one.
 */
final class Backlog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final long PERIOD_S = 5;

    private final Admin admin;
    private volatile Map<String, Double> waiting = Map.of();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "backlog");
        thread.setDaemon(true);
        return thread;
    });

    /** @param admin the caller's, open until this one is closed */
    Backlog(Admin admin, MeterRegistry registry) {
        this.admin = admin;
        Stream.of(Topics.REQUESTS, Topics.EXPRESS_REQUESTS)
                .forEach(topic -> Gauge.builder(
                                "colorstream.backlog", this, backlog -> backlog.waiting.getOrDefault(topic, Double.NaN))
                        .description("requests that no worker has ended")
                        .tag("topic", topic)
                        .register(registry));
        var unused = clock.scheduleWithFixedDelay(this::look, 0, PERIOD_S, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            waiting = sums();
        } catch (ExecutionException | RuntimeException e) {
            waiting = Map.of();
            LOG.warn("The backlog is not known: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Double> sums() throws ExecutionException, InterruptedException {
        var offsets = admin.listShareGroupOffsets(Map.of(Topics.WORKER_GROUP, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(Topics.WORKER_GROUP)
                .get();
        Map<String, Double> sums = new HashMap<>();
        offsets.forEach((partition, info) -> Optional.ofNullable(info)
                .flatMap(told -> told.lag())
                .ifPresent(lag -> sums.merge(partition.topic(), lag.doubleValue(), Double::sum)));
        return Map.copyOf(sums);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
