package dev.colorstream.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnfinishedWorkTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private EmbeddedKafka kafka;
    private Admin admin;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(directory);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
        new TopicProvisioner(admin).create(Topics.all(2), TopicProvisioner.BROKER_DEFAULT_REPLICATION);
    }

    @AfterEach
    void end() {
        admin.close();
        kafka.close();
    }

    @Test
    void shouldCountNothingOnNewTopics() throws Exception {
        assertThat(new UnfinishedWork(admin).count()).isZero();
    }

    @Test
    void shouldSkipWhatNoWorkerEverSaw() throws Exception {
        request("old 1");
        request("old 2");
        assertThat(new UnfinishedWork(admin).count()).isEqualTo(2);

        new UnfinishedWork(admin).skip();

        assertThat(new UnfinishedWork(admin).count()).isZero();
        request("new");
        try (var worker = worker()) {
            assertThat(pollUntil(worker, "new")).containsExactly("new");
        }
    }

    @Test
    void shouldSkipWhatKilledWorkerHeldAndLeaveFinishedAlone() throws Exception {
        request("finished");
        try (var worker = worker()) {
            pollUntil(worker, "finished");
            worker.commitSync();
        }
        await().atMost(LIMIT).until(() -> new UnfinishedWork(admin).count() == 0);
        request("held");
        // The broker's restart after a kill finds this member in the group, as after a kill of everything.
        var killed = worker();
        pollUntil(killed, "held");
        admin.close();
        kafka.kill();
        killed.close(Duration.ZERO);
        kafka = EmbeddedKafka.start(directory);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
        assertThat(new UnfinishedWork(admin).count()).isEqualTo(1);

        new UnfinishedWork(admin).skip();

        assertThat(new UnfinishedWork(admin).count()).isZero();
        request("new");
        try (var worker = worker()) {
            assertThat(pollUntil(worker, "new")).containsExactly("new");
        }
    }

    private void request(String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.REQUESTS, value)).get();
        }
    }

    private KafkaShareConsumer<String, String> worker() {
        var consumer = new KafkaShareConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "group.id", Topics.WORKER_GROUP),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(Topics.REQUESTS, Topics.EXPRESS_REQUESTS));
        return consumer;
    }

    private static List<String> pollUntil(KafkaShareConsumer<String, String> consumer, String last) {
        var seen = new ArrayList<String>();
        await().atMost(LIMIT).until(() -> {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> seen.add(record.value()));
            return seen.contains(last);
        });
        return seen;
    }
}
