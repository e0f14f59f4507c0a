package dev.colorstream.contract.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the topics and sets the share group, and tells what of them is missing.
 *
 * <p>Every method throws {@link BrokerUnavailableException} when the broker does not answer or refuses. The admin client
 * stays the caller's.
 */
public final class TopicProvisioner {
    /** Lets the broker choose how many replicas a topic gets. */
    public static final short BROKER_DEFAULT_REPLICATION = -1;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Admin admin;

    public TopicProvisioner(Admin admin) {
        this.admin = admin;
    }

    /**
     * Makes the topics that are not there and sets the group. Topics that are there stay as they are, with their records.
     *
     * @return the names of the topics that were made
     */
    public List<String> create(List<Topic> topics, short replication) {
        List<String> made = createTopics(topics, replication);
        Collection<AlterConfigOp> settings = Topics.WORKER_GROUP_CONFIGS.entrySet().stream()
                .map(e -> new AlterConfigOp(new ConfigEntry(e.getKey(), e.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        answer(
                "set the share group " + Topics.WORKER_GROUP,
                admin.incrementalAlterConfigs(Map.of(group(), settings)).all());
        return made;
    }

    /** As {@link #create}, without setting the group. */
    public List<String> createTopics(List<Topic> topics, short replication) {
        Map<String, KafkaFuture<Void>> created = admin.createTopics(topics.stream()
                        .map(t -> new NewTopic(t.name(), t.partitions(), replication).configs(t.configs()))
                        .toList())
                .values();
        List<String> made = new ArrayList<>();
        for (Topic topic : topics) {
            if (createdNow(topic.name(), created.get(topic.name()))) {
                made.add(topic.name());
            }
        }
        return made;
    }

    /**
     * What the broker lacks, a sentence each; empty when all is as it shall be. The number of partitions is free, except
     * where consumers rely on it.
     */
    public List<String> missing(List<Topic> topics) {
        List<String> missing = new ArrayList<>(missingTopics(topics));
        Map<ConfigResource, Map<String, String>> wanted = new HashMap<>();
        if (missing.isEmpty()) {
            topics.forEach(topic ->
                    wanted.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), verified(topic.configs())));
        }
        wanted.put(group(), Topics.WORKER_GROUP_CONFIGS);
        Map<ConfigResource, Config> found = answer(
                "read the configuration", admin.describeConfigs(wanted.keySet()).all());
        wanted.forEach((resource, configs) -> new TreeMap<>(configs).forEach((key, value) -> {
            String actual = value(found.get(resource), key);
            if (actual == null || !setOf(value).equals(setOf(actual))) {
                missing.add((resource.equals(group()) ? "share group " : "topic ") + resource.name() + " has " + key
                        + "=" + actual + " where " + value + " is needed");
            }
        }));
        return List.copyOf(missing);
    }

    /** As {@link #missing}, with time for the brokers to hear of what was just made. */
    public List<String> missingWithin(Duration limit, List<Topic> topics) {
        long deadline = System.nanoTime() + limit.toNanos();
        List<String> missing = missing(topics);
        while (!missing.isEmpty() && System.nanoTime() - deadline < 0) {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                throw interrupted("show the topics", e);
            }
            missing = missing(topics);
        }
        return missing;
    }

    /** Which of the topics do not exist or have the wrong number of partitions, a sentence each. */
    public List<String> missingTopics(List<Topic> topics) {
        Map<String, KafkaFuture<TopicDescription>> described =
                admin.describeTopics(topics.stream().map(Topic::name).toList()).topicNameValues();
        List<String> missing = new ArrayList<>();
        for (Topic topic : topics) {
            Optional<TopicDescription> description = description(topic.name(), described.get(topic.name()));
            int partitions = description.map(d -> d.partitions().size()).orElse(0);
            if (description.isEmpty()) {
                missing.add("topic " + topic.name() + " does not exist");
            } else if (topic.partitionsFixed() && partitions != topic.partitions()) {
                missing.add("topic " + topic.name() + " has " + partitions + " partitions where " + topic.partitions()
                        + " is needed");
            }
        }
        return missing;
    }

    /** An operator may keep records longer or shorter, but what compaction does to them is part of the contract. */
    private static Map<String, String> verified(Map<String, String> configs) {
        Map<String, String> verified = new HashMap<>(configs);
        verified.keySet().retainAll(List.of("cleanup.policy"));
        return verified;
    }

    private static boolean createdNow(String topic, @Nullable KafkaFuture<Void> creation) {
        try {
            if (creation != null) {
                creation.get();
            }
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw unavailable("create the topic " + topic, e);
        } catch (InterruptedException e) {
            throw interrupted("create the topic " + topic, e);
        }
    }

    private static Optional<TopicDescription> description(
            String topic, @Nullable KafkaFuture<TopicDescription> described) {
        try {
            return described == null ? Optional.empty() : Optional.of(described.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw unavailable("describe the topic " + topic, e);
        } catch (InterruptedException e) {
            throw interrupted("describe the topic " + topic, e);
        }
    }

    private static <T> T answer(String asked, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw unavailable(asked, e);
        } catch (InterruptedException e) {
            throw interrupted(asked, e);
        }
    }

    private static BrokerUnavailableException unavailable(String asked, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new BrokerUnavailableException("Kafka did not " + asked + ": " + cause.getMessage(), cause);
    }

    private static BrokerUnavailableException interrupted(String asked, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new BrokerUnavailableException("Interrupted before Kafka could " + asked, e);
    }

    /** The order in which a list names its values says nothing. */
    private static Set<String> setOf(String list) {
        return Set.of(list.split(",", -1));
    }

    private static ConfigResource group() {
        return new ConfigResource(ConfigResource.Type.GROUP, Topics.WORKER_GROUP);
    }

    private static @Nullable String value(@Nullable Config config, String key) {
        ConfigEntry entry = config == null ? null : config.get(key);
        return entry == null ? null : entry.value();
    }
}
