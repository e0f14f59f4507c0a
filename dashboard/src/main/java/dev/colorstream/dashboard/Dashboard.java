package dev.colorstream.dashboard;

import dev.colorstream.contract.topic.Topic;
import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.dashboard.page.Binding;
import dev.colorstream.dashboard.page.PageServer;
import dev.colorstream.dashboard.page.PageServer.Probes;
import dev.colorstream.dashboard.state.StateService;
import dev.colorstream.dashboard.study.Studies;
import dev.colorstream.dashboard.upload.Uploads;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import dev.colorstream.storage.objectstore.ResiliencePolicy;
import dev.colorstream.storage.objectstore.ResilientObjectStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The whole service: state, backlog, uploads and the page. */
public final class Dashboard implements AutoCloseable {
    private static final int PATIENCE_MS = 15_000;

    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final ObjectStore store;
    private final StateService state;
    private final Backlog backlog;
    private final Studies studies;
    private final PageServer page;

    /**
     * Where everything is.
     *
     * @param kafka settings of Kafka clients, the brokers among them
     * @param stateDirectory where the state lies; what is lost there is read from Kafka again
     * @param retention after which photos and jobs that did not change are forgotten
     */
    public record Surroundings(
            Map<String, Object> kafka,
            ObjectStoreConnection store,
            Path stateDirectory,
            Duration retention,
            Binding binding) {
        public Surroundings {
            kafka = Map.copyOf(kafka);
        }
    }

    /**
     * Starts it.
     *
     * @throws StartRefusedException where topics are missing
     */
    public Dashboard(Surroundings surroundings, Clock clock) {
        admin = Admin.create(new HashMap<>(surroundings.kafka()));
        requireTopics(admin);
        producer = producer(surroundings.kafka());
        store = new ResilientObjectStore(new MinioObjectStore(surroundings.store()), ResiliencePolicy.DEFAULT);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        backlog = new Backlog(admin, registry);
        state = new StateService(surroundings.kafka(), surroundings.stateDirectory(), surroundings.retention(), clock);
        SecureRandom random = new SecureRandom();
        Uploads uploads = new Uploads(store, producer, clock, random);
        studies = new Studies(store, uploads, state.state(), clock, random);
        page = new PageServer(
                surroundings.binding(),
                state.state(),
                uploads,
                studies,
                store,
                clock,
                new Probes(state::isAlive, state::isReady, registry::scrape));
    }

    /** The port of the page. */
    public int port() {
        return page.port();
    }

    /** Whether the state answers. */
    public boolean isReady() {
        return state.isReady();
    }

    @Override
    public void close() {
        page.close();
        studies.close();
        backlog.close();
        state.close();
        producer.close();
        store.close();
        admin.close();
    }

    private static void requireTopics(Admin admin) {
        List<Topic> topics = Topics.all(Topics.DEFAULT_PARTITIONS);
        List<String> missing = new TopicProvisioner(admin).missingTopics(topics);
        if (!missing.isEmpty()) {
            throw new StartRefusedException(
                    String.join(", ", missing) + ": make the topics with 'colorstream topics create'");
        }
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
