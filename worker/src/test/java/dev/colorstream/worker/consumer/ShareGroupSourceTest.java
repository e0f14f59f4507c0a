package dev.colorstream.worker.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.worker.modelversion.Models;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShareGroupSourceTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void shouldTellOfMemberThatEndsByAnError() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrap());
            sendUnreadableRequest(client);
            CompletableFuture<Throwable> told = new CompletableFuture<>();
            Admission admission = new Admission(Set.of(), Models.none(), admitted -> {}, refused -> {
                throw new OutOfMemoryError("no room");
            });
            ShareGroupSource source = new ShareGroupSource(
                    List.of(new ShareGroupSettings(
                            client, Topics.WORKER_GROUP, List.of(Topics.REQUESTS), 1, 1, Topics.LOCK)),
                    PoisonRule.DEFAULT,
                    admission,
                    (suspect, written, tooLarge) -> {},
                    (member, error) -> told.complete(error));

            source.start();

            assertThat(told).succeedsWithin(LIMIT).isInstanceOf(OutOfMemoryError.class);
            await().atMost(LIMIT).until(() -> !source.isAlive());
            source.stop(Duration.ZERO);
        }
    }

    private static void sendUnreadableRequest(Map<String, Object> client) {
        try (Admin admin = Admin.create(client)) {
            new TopicProvisioner(admin).create(Topics.all(1), TopicProvisioner.BROKER_DEFAULT_REPLICATION);
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(Topics.REQUESTS, "{".getBytes(UTF_8)));
        }
    }
}
