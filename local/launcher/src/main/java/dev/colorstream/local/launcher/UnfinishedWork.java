package dev.colorstream.local.launcher;

import dev.colorstream.contract.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** The requests that earlier runs sent and no worker has finished. The admin client stays the caller's. */
final class UnfinishedWork {
    private static final Duration SESSION_LIMIT = Duration.ofSeconds(30);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(250);

    private final Admin admin;

    UnfinishedWork(Admin admin) {
        this.admin = admin;
    }

    /** How many requests are unfinished. */
    long count() throws ExecutionException, InterruptedException {
        return unfinished(ends()).values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Lets workers begin behind what is on the topics now. The requests stay there, but nobody colors them.
     *
     * <p>Workers that were killed with an earlier run count as members until their session has run out, and the group
     * cannot move before: this waits for it.
     */
    void skip() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = ends();
        Map<TopicPartition, Long> moves = new HashMap<>(ends);
        moves.keySet().retainAll(unfinished(ends).keySet());
        long deadline = System.nanoTime() + SESSION_LIMIT.toNanos();
        while (!moved(moves, System.nanoTime() < deadline)) {
            TimeUnit.MILLISECONDS.sleep(RETRY_PAUSE.toMillis());
        }
    }

    private boolean moved(Map<TopicPartition, Long> moves, boolean mayTryAgain)
            throws ExecutionException, InterruptedException {
        try {
            if (!moves.isEmpty()) {
                admin.alterShareGroupOffsets(Topics.WORKER_GROUP, moves).all().get();
            }
            return true;
        } catch (ExecutionException e) {
            if (mayTryAgain && e.getCause() instanceof GroupNotEmptyException) {
                return false;
            }
            throw e;
        }
    }

    private Map<TopicPartition, Long> unfinished(Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, SharePartitionOffsetInfo> group = admin.listShareGroupOffsets(
                        Map.of(Topics.WORKER_GROUP, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(Topics.WORKER_GROUP)
                .get();
        var unfinished = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) -> {
            SharePartitionOffsetInfo position = group.get(partition);
            long lag = position == null ? end : position.lag().orElse(end - position.startOffset());
            if (lag > 0) {
                unfinished.put(partition, lag);
            }
        });
        return unfinished;
    }

    private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                admin.describeTopics(Topics.WORK).allTopicNames().get().values().stream()
                        .flatMap(topic ->
                                topic.partitions().stream().map(p -> new TopicPartition(topic.name(), p.partition())))
                        .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets =
                admin.listOffsets(latest).all();
        return offsets.get().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }
}
