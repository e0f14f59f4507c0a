package dev.colorstream.worker;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.result.DeadLetter;
import dev.colorstream.contract.topic.BrokerUnavailableException;
import dev.colorstream.contract.topic.Topic;
import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.storage.objectstore.InstrumentedObjectStore;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ResiliencePolicy;
import dev.colorstream.storage.objectstore.ResilientObjectStore;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import dev.colorstream.worker.configuration.WorkerConfig;
import dev.colorstream.worker.fetch.StoreAvailability;
import dev.colorstream.worker.fetch.StorePatience;
import dev.colorstream.worker.status.Health;
import dev.colorstream.worker.status.ProcessMemory;
import dev.colorstream.worker.status.StatusServer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker: starts its parts in order, and ends them so that nothing is lost. */
final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Set<String> NEEDED_TOPICS = Set.of(
            Topics.REQUESTS,
            Topics.EXPRESS_REQUESTS,
            Topics.SUSPECTS,
            Topics.RESULTS,
            Topics.DEAD_LETTERS,
            Topics.MODELS,
            Topics.MODEL_STATUS);
    private static final Duration TOPICS_LIMIT = Duration.ofSeconds(5);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);
    private static final Duration REPETITION_PAUSE = Duration.ofMillis(250);
    private static final Duration PRODUCER_FAREWELL = Duration.ofSeconds(2);

    private final WorkerConfig config;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Health health = new Health();
    private final StoreAvailability reads = new StoreAvailability("reads");
    private final StoreAvailability writes = new StoreAvailability("writes");
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final ResilientObjectStore store;
    private final ObjectStore meteredStore;
    private final Producer<byte[], byte[]> producer;
    private final ModelLife models;
    private final PipelineLayers pipeline;
    private final StatusServer status;
    private final JvmGcMetrics gcMetrics = new JvmGcMetrics();

    /**
     * Loads the model and builds the stages; no request is taken yet.
     *
     * @param onFatal called when the worker cannot go on
     * @throws StartRefusedException where topics are missing, or the model is none
     */
    Worker(WorkerConfig config, Runnable onFatal) {
        this.config = config;
        requireTopics(config.kafka());
        store = new ResilientObjectStore(new MinioObjectStore(config.store()), ResiliencePolicy.DEFAULT);
        meteredStore = new InstrumentedObjectStore(store, registry);
        producer = producer(config.kafka());
        try {
            models = new ModelLife(config, meteredStore, producer, registry);
        } catch (StartRefusedException e) {
            producer.close(PRODUCER_FAREWELL);
            meteredStore.close();
            throw e;
        }
        pipeline = new PipelineLayers(
                config,
                models.versions(),
                meteredStore,
                new StorePatience(reads, REPETITION_PAUSE),
                new StorePatience(writes, REPETITION_PAUSE),
                producer,
                registry,
                onFatal);
        registerMeters();
        health.aliveWhile("the network's and the consumers' threads run", () -> !started.get() || pipeline.isAlive());
        health.aliveWhile("model versions are followed", models::isAlive);
        health.readyWhile("started", started::get);
        health.readyWhile("a model version serves", () -> models.versions().isServing());
        health.readyWhile("not ending", () -> ending.getCount() > 0);
        health.readyWhile("the object store answers", () -> reads.isAvailable() && writes.isAvailable());
        health.readyWhile("connected to Kafka", () -> pipeline.source().isConnected());
        status = new StatusServer(config.http().host(), config.http().port(), health, registry::scrape);
    }

    /** Waits until the store and a model version are there, then begins to take requests; returns early when it ends. */
    void start() throws InterruptedException {
        while (!hasColorBucket() || !models.isReady()) {
            if (ending.await(STORE_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        pipeline.start();
        started.set(true);
        LOG.info("Taking requests as worker {}", config.workerId());
    }

    /** The port of /livez, /readyz and /metrics. */
    int httpPort() {
        return status.port();
    }

    /** Waits until the worker ends. */
    void awaitEnd() throws InterruptedException {
        ending.await();
    }

    /** Ends in order: not ready, no new requests, those in work to their end, the rest back to the group. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        ending.countDown();
        if (started.get()) {
            LOG.info("Ending; photos in work have {} s", config.shutdownGrace().toSeconds());
            pipeline.stop(config.shutdownGrace());
            pipeline.close();
        }
        models.close();
        producer.close(PRODUCER_FAREWELL);
        meteredStore.close();
        status.close();
        gcMetrics.close();
        registry.close();
        LOG.info("Ended");
    }

    private boolean hasColorBucket() {
        try {
            store.ensureBucket(Buckets.COLORIZED);
            reads.answered();
            writes.answered();
            return true;
        } catch (StoreUnavailableException e) {
            LOG.warn("Waiting for the object store: {}", e.getMessage());
            return false;
        }
    }

    private void registerMeters() {
        ProcessMemory.register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        gcMetrics.bindTo(registry);
        Gauge.builder("colorstream.store.left.alone", store, s -> s.isLeftAlone() ? 1 : 0)
                .description("1 while the circuit breaker keeps calls from the object store")
                .register(registry);
    }

    private static void requireTopics(Map<String, Object> kafka) {
        List<Topic> needed = Topics.all(Topics.DEFAULT_PARTITIONS).stream()
                .filter(topic -> NEEDED_TOPICS.contains(topic.name()))
                .toList();
        Object brokers = kafka.getOrDefault("bootstrap.servers", "(no address)");
        List<String> missing;
        try (Admin admin = Admin.create(kafka)) {
            TopicProvisioner provisioner = new TopicProvisioner(admin);
            addTopicOfSuspects(provisioner, needed);
            missing = provisioner.missingWithin(TOPICS_LIMIT, needed);
        } catch (BrokerUnavailableException | KafkaException e) {
            throw new StartRefusedException(
                    StartRefusedException.BROKER, "Kafka at " + brokers + " cannot be used: " + reason(e), e);
        }
        if (!missing.isEmpty()) {
            throw new StartRefusedException(
                    StartRefusedException.TOPICS,
                    "Kafka at " + brokers + " is not set up: " + String.join("; ", missing)
                            + ". Mend it with: colorstream topics create --bootstrap " + brokers,
                    null);
        }
    }

    /** A client that cannot be made tells no more than that; what is wrong with its settings is the cause. */
    private static String reason(RuntimeException refusal) {
        Throwable told = refusal instanceof KafkaException && refusal.getCause() != null ? refusal.getCause() : refusal;
        return String.valueOf(told.getMessage());
    }

    /** Installations that were set up by an earlier version lack it. */
    private static void addTopicOfSuspects(TopicProvisioner provisioner, List<Topic> needed) {
        List<Topic> suspects = needed.stream()
                .filter(topic -> topic.name().equals(Topics.SUSPECTS))
                .toList();
        boolean isAllThatIsMissing = provisioner.missingTopics(needed).size() == 1
                && !provisioner.missingTopics(suspects).isEmpty();
        if (isAllThatIsMissing) {
            try {
                provisioner.createTopics(suspects, TopicProvisioner.BROKER_DEFAULT_REPLICATION);
                LOG.info("Made the topic {}", Topics.SUSPECTS);
            } catch (BrokerUnavailableException e) {
                LOG.warn("The topic {} could not be made: {}", Topics.SUSPECTS, e.getMessage());
            }
        }
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DeadLetter.MAX_RECORD_BYTES);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
