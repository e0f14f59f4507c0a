package dev.colorstream.contract.topic;

import dev.colorstream.contract.result.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The topics of a Colorstream installation and the group that shares the work. */
public final class Topics {
    /** Photos to color. */
    public static final String REQUESTS = "colorize.requests";

    /** Single photos that must not wait behind a bulk job. */
    public static final String EXPRESS_REQUESTS = "colorize.requests.express";

    /** Requests that may have ended workers, which hold them one at a time. Only workers write here. */
    public static final String SUSPECTS = "colorize.requests.suspects";

    /** All topics with requests that wait for workers. */
    public static final List<String> WORK = List.of(REQUESTS, EXPRESS_REQUESTS, SUSPECTS);

    /** How requests ended, keyed by request id. */
    public static final String RESULTS = "colorize.results";

    /** Requests that failed, as they came. */
    public static final String DEAD_LETTERS = "colorize.dead-letters";

    /** The photos of each job, in pages, keyed by job id and page number. */
    public static final String JOBS = "colorize.jobs";

    /** The version that each channel serves, keyed by channel. */
    public static final String MODELS = "colorize.models";

    /** What workers made of a version, keyed by worker and version. */
    public static final String MODEL_STATUS = "colorize.model-status";

    /** The share group whose members do the work. */
    public static final String WORKER_GROUP = "colorstream-workers";

    /** How long a member holds a record before it is given to another. */
    public static final Duration LOCK = Duration.ofSeconds(30);

    /** How often a record is delivered before the broker drops it; brokers allow no more than 10. */
    public static final int MAX_DELIVERIES = 10;

    /** The partitions of topics that grow with the load, unless said otherwise. */
    public static final int DEFAULT_PARTITIONS = 6;

    /** The group's configuration; the broker's defaults would lose what was sent before the first worker came. */
    public static final Map<String, String> WORKER_GROUP_CONFIGS = Map.of(
            "share.auto.offset.reset",
            "earliest",
            "share.isolation.level",
            "read_committed",
            "share.record.lock.duration.ms",
            Long.toString(LOCK.toMillis()),
            "share.delivery.count.limit",
            Integer.toString(MAX_DELIVERIES));

    private static final String FOREVER = "-1";
    private static final Map<String, String> KEPT =
            Map.of("cleanup.policy", "delete", "retention.ms", FOREVER, "retention.bytes", FOREVER);
    /** For what is a record that was sent and a bit more: else the largest ones would not fit. */
    private static final Map<String, String> KEPT_THOUGH_LARGE = Map.of(
            "cleanup.policy",
            "delete",
            "retention.ms",
            FOREVER,
            "retention.bytes",
            FOREVER,
            "max.message.bytes",
            Integer.toString(DeadLetter.MAX_RECORD_BYTES));

    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    private Topics() {}

    /**
     * All topics.
     *
     * @param partitions of the topics that grow with the load
     */
    public static List<Topic> all(int partitions) {
        return List.of(
                new Topic(REQUESTS, partitions, false, KEPT),
                new Topic(EXPRESS_REQUESTS, partitions, false, KEPT),
                new Topic(SUSPECTS, 1, false, KEPT_THOUGH_LARGE),
                new Topic(
                        RESULTS,
                        partitions,
                        false,
                        Map.of(
                                "cleanup.policy",
                                "compact,delete",
                                "retention.ms",
                                Long.toString(Duration.ofDays(30).toMillis()))),
                new Topic(DEAD_LETTERS, partitions, false, KEPT_THOUGH_LARGE),
                new Topic(JOBS, 1, false, COMPACTED),
                new Topic(MODELS, 1, true, COMPACTED),
                new Topic(MODEL_STATUS, 1, false, COMPACTED));
    }
}
