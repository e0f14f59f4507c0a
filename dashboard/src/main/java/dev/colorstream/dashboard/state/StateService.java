package dev.colorstream.dashboard.state;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka Streams at work on the state: exactly once, in one process. What it holds follows from the topics alone. */
public final class StateService implements AutoCloseable {
    /** The application id: the name of its group and the start of its inner topics' names. */
    public static final String APPLICATION = "colorstream-dashboard";

    private static final Logger LOG = LoggerFactory.getLogger(StateService.class);
    private static final Duration END_LIMIT = Duration.ofSeconds(10);
    private static final int THREADS = 2;

    private final KafkaStreams streams;
    private final LiveState state;

    /**
     * Starts it.
     *
     * @param kafka settings of clients, the brokers among them
     * @param directory where the stores lie; what is lost there is read from Kafka again
     * @param retention after which photos and jobs that did not change are forgotten
     */
    public StateService(Map<String, Object> kafka, Path directory, Duration retention, Clock clock) {
        streams = new KafkaStreams(StateTopology.of(retention), settings(kafka, directory));
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("A thread of the state failed and is replaced", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        state = new LiveState(new RunningStores(streams), clock);
        streams.start();
    }

    static Properties settings(Map<String, Object> kafka, Path directory) {
        Properties settings = new Properties();
        settings.putAll(new HashMap<>(kafka));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 16L << 20);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        // Inner topics take the broker's own replication.
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        settings.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 10_000);
        // A record that always fails would be met again by each thread that replaces the failed one.
        settings.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
        return settings;
    }

    /** What it knows. */
    public LiveState state() {
        return state;
    }

    /** Whether it follows the topics, so that all questions have an answer. */
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Whether it may yet be ready, or be so again. */
    public boolean isAlive() {
        return !streams.state().hasCompletedShutdown();
    }

    @Override
    public void close() {
        streams.close(END_LIMIT);
    }

    private record RunningStores(KafkaStreams streams) implements StateStores {
        @Override
        public <K, V> List<ReadOnlyKeyValueStore<K, V>> parts(String name) {
            return IntStream.range(0, StateTopology.PARTITIONS)
                    .mapToObj(part -> this.store(
                            StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<K, V>keyValueStore())
                                    .withPartition(part)))
                    .toList();
        }

        @Override
        public <K, V> ReadOnlyKeyValueStore<K, V> global(String name) {
            return store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<K, V>keyValueStore()));
        }

        @Override
        public <K, V> List<ReadOnlyWindowStore<K, V>> windows(String name) {
            return List.of(store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<K, V>windowStore())));
        }

        private <T> T store(StoreQueryParameters<T> wanted) {
            try {
                return streams.store(wanted);
            } catch (InvalidStateStoreException e) {
                throw new StateNotReadyException(e);
            }
        }
    }
}
