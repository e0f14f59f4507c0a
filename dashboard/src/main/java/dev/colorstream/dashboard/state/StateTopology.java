package dev.colorstream.dashboard.state;

import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.job.JobRecord;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ResultRecord;
import dev.colorstream.contract.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * How the state follows from the topics.
 *
 * <pre>
 * requests, jobs' pages, results ──by request──► photos, index ──by job──► jobs ◄── jobs' states
 * photos' ends ──by worker──► workers ──by model version──► figures of each minute
 * models, model-status ──► as they are
 * </pre>
 */
public final class StateTopology {
    static final String PHOTOS = "photos";
    static final String INDEX = "photo-index";
    static final String JOBS = "jobs";
    static final String WORKERS = "workers";
    static final String FIGURES = "figures";
    static final String MODELS = "models";
    static final String MODEL_STATUS = "model-status";

    /** Of the inner topics, and so of the state; another number needs a new application id. */
    static final int PARTITIONS = 4;

    static final Duration WINDOW = Duration.ofMinutes(1);

    /** How long figures are kept, and how late a result may come. */
    public static final Duration FIGURES_KEPT = Duration.ofHours(24);

    private static final Serde<String> TEXT = Serdes.String();
    private static final Consumed<byte[], byte[]> RAW = Consumed.with(Serdes.ByteArray(), Serdes.ByteArray());

    private StateTopology() {}

    /**
     * The topology.
     *
     * @param retention after which photos and jobs that did not change are forgotten
     */
    public static Topology of(Duration retention) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(store(PHOTOS, StateJson.PHOTO))
                .addStateStore(store(INDEX, TEXT))
                .addStateStore(store(JOBS, StateJson.JOB))
                .addStateStore(store(WORKERS, StateJson.WORKER));
        KStream<byte[], byte[]> told = builder.stream(Topics.JOBS, RAW);
        KStream<String, ResultRecord> ends = builder.stream(Topics.RESULTS, RAW).flatMap(StateTopology::end);
        KStream<String, PhotoEvent> events = builder.stream(List.of(Topics.REQUESTS, Topics.EXPRESS_REQUESTS), RAW)
                .process(RequestParser::new)
                .merge(told.flatMap((key, value) -> listed(key, value)))
                .merge(ends.mapValues(StateTopology::photoEvent));
        KStream<String, PhotoChange> changes = events.repartition(by("photo", StateJson.PHOTO_EVENT))
                .process(() -> new PhotoProcessor(retention), PHOTOS, INDEX);
        changes.flatMapValues(StateTopology::counted)
                .merge(told.flatMap((key, value) -> jobEvent(key, value)))
                .repartition(by("job", StateJson.JOB_EVENT))
                .process(() -> new JobProcessor(retention), JOBS);

        changes.flatMapValues(StateTopology::ended)
                .selectKey((id, result) -> result.worker())
                .repartition(by("worker", StateJson.RESULT))
                .process(() -> new WorkerProcessor(retention), WORKERS)
                .repartition(by("version", StateJson.RESULT))
                .groupByKey(Grouped.with(TEXT, StateJson.RESULT))
                .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, FIGURES_KEPT))
                .aggregate(
                        Figures::new,
                        (version, result, figures) -> figures.add(result),
                        Materialized.<String, Figures, WindowStore<Bytes, byte[]>>as(FIGURES)
                                .withKeySerde(TEXT)
                                .withValueSerde(StateJson.FIGURES)
                                .withRetention(FIGURES_KEPT.plus(WINDOW)));

        builder.globalTable(Topics.MODELS, RAW, asItIs(MODELS));
        builder.globalTable(Topics.MODEL_STATUS, RAW, asItIs(MODEL_STATUS));
        return builder.build();
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), TEXT, values);
    }

    private static <V> Repartitioned<String, V> by(String name, Serde<V> values) {
        return Repartitioned.with(TEXT, values).withName("by-" + name).withNumberOfPartitions(PARTITIONS);
    }

    private static Materialized<byte[], byte[], KeyValueStore<Bytes, byte[]>> asItIs(String name) {
        return Materialized.<byte[], byte[]>as(Stores.inMemoryKeyValueStore(name))
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(Serdes.ByteArray());
    }

    private static List<KeyValue<String, ResultRecord>> end(byte @Nullable [] key, byte @Nullable [] value) {
        return ResultRecord.read(new ConsumerRecord<>(Topics.RESULTS, 0, 0, key, value))
                .map(end -> List.of(KeyValue.pair(end.request().value(), end)))
                .orElse(List.of());
    }

    private static PhotoEvent photoEvent(ResultRecord end) {
        return end.result()
                .<PhotoEvent>map(PhotoEvent.Ended::new)
                .orElseGet(() -> new PhotoEvent.Withdrawn(end.request()));
    }

    private static List<JobEvent> counted(PhotoChange change) {
        return change instanceof JobEvent.Counted counted ? List.of(counted) : List.of();
    }

    private static List<ColorizeResult> ended(PhotoChange change) {
        return change instanceof PhotoEvent.Ended ended ? List.of(ended.result()) : List.of();
    }

    private static List<KeyValue<String, PhotoEvent>> listed(byte @Nullable [] key, byte @Nullable [] value) {
        if (jobRecord(key, value).orElse(null) instanceof JobPage page) {
            return page.photos().stream()
                    .map(photo -> KeyValue.pair(photo.request().value(), (PhotoEvent)
                            new PhotoEvent.Listed(photo.request(), page.job(), photo.name())))
                    .toList();
        }
        return List.of();
    }

    private static List<KeyValue<String, JobEvent>> jobEvent(byte @Nullable [] key, byte @Nullable [] value) {
        JobRecord told = jobRecord(key, value).orElse(null);
        if (told instanceof JobState state) {
            return List.of(KeyValue.pair(state.job().value(), new JobEvent.Told(state)));
        }
        if (told instanceof JobRecord.Forgotten forgotten) {
            return List.of(KeyValue.pair(forgotten.job().value(), new JobEvent.Forgotten()));
        }
        return List.of();
    }

    private static Optional<JobRecord> jobRecord(byte @Nullable [] key, byte @Nullable [] value) {
        return JobRecord.read(new ConsumerRecord<>(Topics.JOBS, 0, 0, key, value));
    }
}
