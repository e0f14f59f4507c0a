package dev.colorstream.worker.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.colorizer.image.EncodedPhoto;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.SourceTraits;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.consumer.HeldRecords;
import dev.colorstream.worker.encode.ColoredPhoto;
import dev.colorstream.worker.fetch.StoreAvailability;
import dev.colorstream.worker.fetch.StorePatience;
import dev.colorstream.worker.modelversion.Models;
import dev.colorstream.worker.stage.Backlog;
import dev.colorstream.worker.stage.Lane;
import dev.colorstream.worker.stage.StagePool;
import dev.colorstream.worker.stage.StageTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeliverStageTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final EmbeddedS3.Credentials CREDENTIALS =
            new EmbeddedS3.Credentials("test-access-key", "test-secret-key");

    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StoreAvailability writes = new StoreAvailability("writes");
    private final Backlog backlog = new Backlog(1_000);

    @Test
    void shouldHoldPlaceInBacklogUntilColorPhotoIsStored() {
        try (EmbeddedS3 s3 = EmbeddedS3.start(directory, 0, CREDENTIALS);
                ObjectStore store = new MinioObjectStore(new ObjectStoreConnection(
                        s3.endpoint(),
                        CREDENTIALS.accessKey(),
                        CREDENTIALS.secretKey(),
                        ObjectStoreConnection.DEFAULT_REGION));
                StagePool pool = new StagePool(Stage.DELIVER, 1, 10, registry);
                StorePatience patience = new StorePatience(writes, Duration.ofMillis(10));
                Producer<byte[], byte[]> kafkaThatIsGone = new KafkaProducer<>(
                        Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                ResultPublisher publisher = new ResultPublisher(kafkaThatIsGone)) {
            // given
            writes.answered();

            // when
            stage(store, patience, pool, publisher).accept(photo());

            // then
            await().atMost(LIMIT).until(() -> !writes.isAvailable());
            assertThat(backlog.bytes()).isEqualTo(3);
            store.ensureBucket(Buckets.COLORIZED);
            await().atMost(LIMIT).until(() -> backlog.bytes() == 0);
        }
    }

    @Test
    void shouldFreePlaceOfPhotoThatIsHandedBack() {
        ColoredPhoto photo = photo();
        photo.assignment().waitsAt(photo.place());

        photo.assignment().giveUp();

        assertThat(backlog.bytes()).isZero();
    }

    private DeliverStage stage(ObjectStore store, StorePatience patience, StagePool pool, ResultPublisher publisher) {
        return new DeliverStage(
                store,
                patience,
                pool,
                publisher,
                new StageTimer(Stage.DELIVER, registry, System::nanoTime),
                new DeliverStage.Signature("worker", Clock.systemUTC()),
                registry);
    }

    private ColoredPhoto photo() {
        ColorizeRequest request = new ColorizeRequest(
                new RequestId("cat"),
                Optional.empty(),
                new ObjectAddress(Buckets.UPLOADS, "cat.jpg"),
                RequestOptions.NONE,
                Instant.EPOCH);
        Assignment assignment = new Assignment(HeldRecords.any(), request, false);
        assignment.colorWith(Models.lease());
        byte[] bytes = {1, 2, 3};
        return new ColoredPhoto(
                assignment,
                new EncodedPhoto(bytes, "image/jpeg", 1, 1),
                new SourceTraits(false, 1),
                Hashes.sha256Hex(bytes),
                backlog.add(Lane.BULK, bytes.length));
    }
}
