package dev.colorstream.dashboard;

import dev.colorstream.contract.topic.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many requests wait for the workers, as the meter {@code colorstream.backlog} by topic; no number while Kafka does not
 * tell. It goes on where no worker runs, or ever ran, so that autoscalers can start one.
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
        Topics.WORK.forEach(topic -> Gauge.builder(
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
        Map<TopicPartition, Long> waitingRecords = new HashMap<>(begun());
        List<TopicPartition> untouched = partitions();
        untouched.removeAll(waitingRecords.keySet());
        waitingRecords.putAll(whole(untouched));
        Map<String, Double> sums = new HashMap<>();
        waitingRecords.forEach((partition, lag) -> sums.merge(partition.topic(), lag.doubleValue(), Double::sum));
        return Map.copyOf(sums);
    }

    private List<TopicPartition> partitions() throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(Topics.WORK)
                .allTopicNames()
                .get()
                .values()
                .forEach(topic -> topic.partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.partition()))));
        return partitions;
    }

    /** What the group has not ended of the partitions that it has begun. */
    private Map<TopicPartition, Long> begun() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> lags = new HashMap<>();
        try {
            admin.listShareGroupOffsets(Map.of(Topics.WORKER_GROUP, new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(Topics.WORKER_GROUP)
                    .get()
                    .forEach((partition, info) -> Optional.ofNullable(info)
                            .flatMap(told -> told.lag())
                            .ifPresent(lag -> lags.put(partition, lag)));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        return lags;
    }

    /** All that partitions hold which the group has not begun: it begins at their start. */
    private Map<TopicPartition, Long> whole(List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var ends = offsets(partitions, OffsetSpec.latest());
        var starts = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> counts = new HashMap<>();
        ends.forEach((partition, end) -> Optional.ofNullable(starts.get(partition))
                .ifPresent(start -> counts.put(partition, end.offset() - start.offset())));
        return counts;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        return admin.listOffsets(asked).all().get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
