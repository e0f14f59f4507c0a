package dev.colorstream.qa.faults.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultyStoreTest {
    private static final ObjectAddress PHOTO = new ObjectAddress(Buckets.UPLOADS, "a b/cat.jpg");
    private static final byte[] BYTES = new byte[100_000];

    @TempDir
    static Path folder;

    private static EmbeddedS3 s3;
    private static FaultyStore proxy;
    private static ObjectStore store;

    @BeforeAll
    static void start() {
        s3 = EmbeddedS3.start(folder);
        proxy = new FaultyStore(s3.endpoint());
        store = new MinioObjectStore(new ObjectStoreConnection(
                proxy.endpoint(), s3.accessKey(), s3.secretKey(), ObjectStoreConnection.DEFAULT_REGION));
        store.ensureBucket(Buckets.UPLOADS);
    }

    @AfterEach
    void mend() {
        proxy.mend();
    }

    @AfterAll
    static void end() {
        store.close();
        proxy.close();
        s3.close();
    }

    @Test
    void shouldPassWholePhotosBothWays() {
        store.put(PHOTO, BYTES, "image/jpeg", Map.of());

        assertThat(((Found) store.fetch(PHOTO, 1 << 20)).bytes()).isEqualTo(BYTES);
        assertThat(proxy.hits()).isZero();
    }

    @Test
    void shouldAnswerWithErrorsThatNeverReachTheStore() {
        ObjectAddress refused = new ObjectAddress(Buckets.UPLOADS, "refused.jpg");
        proxy.impose(
                call -> call.method().equals("PUT") ? new Fault.Answer(507, "XMinioStorageFull") : new Fault.Pass());

        assertThatThrownBy(() -> store.put(refused, BYTES, "image/jpeg", Map.of()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("XMinioStorageFull");
        assertThat(store.stat(refused)).isEmpty();
        assertThat(proxy.hits()).isPositive();
    }

    @Test
    void shouldCutConnections() {
        proxy.impose(new Fault.Cut());

        assertThatThrownBy(() -> store.stat(PHOTO)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void shouldResetAnswerAfterTheStoreHasDoneItsPart() {
        ObjectAddress stored = new ObjectAddress(Buckets.UPLOADS, "stored.jpg");
        proxy.impose(call -> call.method().equals("PUT") ? new Fault.ResetInAnswer() : new Fault.Pass());

        assertThatThrownBy(() -> store.put(stored, BYTES, "image/jpeg", Map.of()))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(store.stat(stored)).isPresent();
    }

    @Test
    void shouldStallUntilMended() {
        proxy.impose(new Fault.Stall());
        CompletableFuture<?> call = CompletableFuture.supplyAsync(() -> store.stat(PHOTO));

        assertThatThrownBy(() -> call.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        proxy.mend();

        assertThat(call.handle((answer, failure) -> true)).succeedsWithin(Duration.ofSeconds(20));
    }
}
