package dev.colorstream.worker.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.consumer.HeldRecords;
import dev.colorstream.worker.consumer.RequestFailure;
import dev.colorstream.worker.stage.Budget;
import dev.colorstream.worker.stage.StagePool;
import dev.colorstream.worker.stage.StageTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchStageTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    /** So long that a test which waited for it would fail. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    @TempDir
    static Path directory;

    private static EmbeddedS3 s3;
    private static ObjectStore store;

    private static final int FIRST_SHARE = 10;

    private final Budget memory = new Budget(100);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StagePool pool = new StagePool(Stage.FETCH, 2, 100, registry);
    private final StorePatience patience = new StorePatience(new StoreAvailability("reads"), Duration.ofMillis(10));
    private final List<FetchedPhoto> fetched = new CopyOnWriteArrayList<>();
    private final List<RequestFailure> failed = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startStore() {
        EmbeddedS3.Credentials credentials = new EmbeddedS3.Credentials("test-access-key", "test-secret-key");
        s3 = EmbeddedS3.start(directory, 0, credentials);
        store = new MinioObjectStore(new ObjectStoreConnection(
                s3.endpoint(), credentials.accessKey(), credentials.secretKey(), ObjectStoreConnection.DEFAULT_REGION));
        store.ensureBucket("uploads");
    }

    @AfterAll
    static void endStore() {
        store.close();
        s3.close();
    }

    @AfterEach
    void end() {
        patience.close();
        pool.close();
    }

    @Test
    void shouldWaitForPhotoThatComesAfterItsRequest() {
        Assignment hasty = requestedAt(NOON.minusSeconds(1), "hasty.jpg");
        stage().accept(hasty);
        assertThat(failed).isEmpty();

        store.put(hasty.request().source(), new byte[] {1, 2, 3}, "image/jpeg", Map.of());

        await().until(() -> fetched.size() == 1);
        assertThat(fetched.get(0).bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void shouldNotWaitForPhotoWhoseRequestIsOld() {
        stage().accept(requestedAt(NOON.minus(GRACE), "lost.jpg"));

        await().until(() -> failed.size() == 1);
        assertThat(failed.get(0).reason()).isEqualTo(FailureReason.OBJECT_MISSING);
        assertThat(failed.get(0).detail()).contains("uploads/lost.jpg");
    }

    @Test
    void shouldFailAtOnceAndNotTakeAnotherPhotoWhenTheKeyHasAnEmptyPart() {
        store.put(new ObjectAddress("uploads", "album/cat.jpg"), new byte[] {1}, "image/jpeg", Map.of());

        stage().accept(requestedAt(NOON, "album//cat.jpg"));

        await().until(() -> failed.size() == 1);
        assertThat(failed.get(0).reason()).isEqualTo(FailureReason.OBJECT_MISSING);
        assertThat(failed.get(0).detail()).contains("uploads/album//cat.jpg has an empty part", "rename it");
        assertThat(fetched).isEmpty();
    }

    @Test
    void shouldHoldMemoryForNoPhotoThatIsNotThere() {
        stage().accept(requestedAt(NOON, "to-come.jpg"));
        stage().accept(requestedAt(NOON.minus(GRACE), "never.jpg"));

        await().until(() -> failed.size() == 1);
        await().until(() -> memory.free() == 100);
    }

    @Test
    void shouldFetchLargePhotoWhenThereIsRoomForItsBytes() {
        put("large-1.jpg", 60);
        put("large-2.jpg", 60);
        stage().accept(requestedAt(NOON, "large-1.jpg"));
        stage().accept(requestedAt(NOON, "large-2.jpg"));
        await().until(() -> fetched.size() == 1 && memory.waiting() == 1);
        assertThat(memory.free()).isEqualTo(40);

        fetched.get(0).share().giveBack();

        await().until(() -> fetched.size() == 2);
        assertThat(fetched).allMatch(photo -> photo.bytes().length == 60);
    }

    @Test
    void shouldFetchPhotoLargerThanBudgetAlone() {
        put("small.jpg", FIRST_SHARE);
        put("huge.jpg", 900);
        stage().accept(requestedAt(NOON, "small.jpg"));
        await().until(() -> fetched.size() == 1);
        stage().accept(requestedAt(NOON, "huge.jpg"));
        await().until(() -> memory.waiting() == 1);

        fetched.get(0).share().giveBack();

        await().until(() -> fetched.size() == 2);
        assertThat(memory.free()).isZero();
        assertThat(fetched.get(1).bytes()).hasSize(900);
    }

    private static void put(String key, int bytes) {
        store.put(new ObjectAddress("uploads", key), new byte[bytes], "image/jpeg", Map.of());
    }

    private FetchStage stage() {
        return new FetchStage(
                store,
                patience,
                pool,
                new StageTimer(Stage.FETCH, registry, System::nanoTime),
                new FetchStage.Limits(1_000, GRACE, memory, FIRST_SHARE),
                Clock.fixed(NOON, ZoneOffset.UTC),
                request -> new ModelVersionId("v1"),
                new FetchStage.Exits(fetched::add, earlier -> {}, failed::add));
    }

    private static Assignment requestedAt(Instant time, String key) {
        return new Assignment(
                HeldRecords.sentAt(time),
                new ColorizeRequest(
                        new RequestId(key),
                        Optional.empty(),
                        new ObjectAddress("uploads", key),
                        RequestOptions.NONE,
                        time),
                false);
    }
}
