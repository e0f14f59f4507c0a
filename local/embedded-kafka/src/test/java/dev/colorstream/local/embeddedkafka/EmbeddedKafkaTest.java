package dev.colorstream.local.embeddedkafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ChildNotReadyException;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedKafkaTest {
    private static final String TOPIC = "photos";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void shouldKeepRecordsOverOrderlyRestartAndOverKill() throws Exception {
        long first;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            first = kafka.pid();
            createTopic(kafka);
            produce(kafka, "before close");
        }
        assertThat(ProcessHandle.of(first)).isEmpty();

        EmbeddedKafka second = EmbeddedKafka.start(directory);
        produce(second, "before kill");
        second.kill();
        assertThat(ProcessHandle.of(second.pid())).isEmpty();

        try (EmbeddedKafka third = EmbeddedKafka.start(directory)) {
            produce(third, "after kill");
            assertThat(consume(third, 3)).containsExactly("before close", "before kill", "after kill");
        }
    }

    @Test
    void shouldServeShareGroups() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            createTopic(kafka);
            readFromEarliest(kafka, "colorizers");
            produce(kafka, "before anybody listened");

            var seen = new ArrayList<String>();
            try (var consumer = new KafkaShareConsumer<>(
                    Map.of("bootstrap.servers", kafka.bootstrap(), "group.id", "colorizers"),
                    new StringDeserializer(),
                    new StringDeserializer())) {
                consumer.subscribe(List.of(TOPIC));
                await().atMost(LIMIT).until(() -> {
                    consumer.poll(Duration.ofMillis(200)).forEach(record -> seen.add(record.value()));
                    return !seen.isEmpty();
                });
            }
            assertThat(seen).containsExactly("before anybody listened");
        }
    }

    @Test
    void shouldListenOnWantedPortOfLoopbackOnly() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, port)) {
            assertThat(kafka.bootstrap()).isEqualTo("127.0.0.1:" + port);
        }
    }

    @Test
    void shouldRefuseDirectoryThatIsInUse() {
        try (EmbeddedKafka owner = EmbeddedKafka.start(directory)) {
            assertThat(owner.bootstrap()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedKafka.start(directory))
                    .isInstanceOf(ChildNotReadyException.class)
                    .hasMessageContaining("is in use by another process");
        }
    }

    @Test
    void shouldEndWhenOwnerIsKilled() {
        var command = new JvmCommand(
                "owner",
                KafkaOwner.class.getName(),
                ClassPath.holding(KafkaOwner.class)
                        .plus(ClassPath.holding(EmbeddedKafka.class))
                        .plus(ClassPath.holding(ChildJvm.class)),
                List.of("-Xmx32m"),
                List.of(directory.resolve("data").toString()),
                Map.of());
        ChildJvm owner = ChildJvm.start(command, directory.resolve("owner.log"), LIMIT.multipliedBy(2));
        long kafka = Long.parseLong(owner.fact("kafka"));
        assertThat(ProcessHandle.of(kafka)).isPresent();

        owner.kill();

        await().atMost(LIMIT).until(() -> ProcessHandle.of(kafka).isEmpty());
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void readFromEarliest(EmbeddedKafka kafka, String group) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        var earliest =
                new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(earliest)))
                    .all()
                    .get();
        }
    }

    private static void produce(EmbeddedKafka kafka, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
        }
    }

    private static List<String> consume(EmbeddedKafka kafka, int count) {
        var partition = new TopicPartition(TOPIC, 0);
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(LIMIT).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
