package dev.colorstream.storage.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.storage.objectstore.FetchOutcome.Missing;
import dev.colorstream.storage.objectstore.FetchOutcome.TooLarge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store and every decorator of one must do, against a real S3 server. */
@ParameterizedClass
@EnumSource(ObjectStoreContractTest.Backend.class)
final class ObjectStoreContractTest {
    private static final String BUCKET = "photos";
    private static final String BIG_BUCKET = "many-photos";
    private static final int MANY = 1_003;
    private static final String JPEG = "image/jpeg";

    @TempDir
    static Path directory;

    private static TestedServer server;

    private final Backend backend;

    private ObjectStore store;

    ObjectStoreContractTest(Backend backend) {
        this.backend = backend;
    }

    enum Backend {
        MINIO,
        RESILIENT,
        INSTRUMENTED;

        ObjectStore open(ObjectStoreConnection connection) {
            ObjectStore minio = new MinioObjectStore(connection);
            return switch (this) {
                case MINIO -> minio;
                case RESILIENT -> new ResilientObjectStore(minio, ResiliencePolicy.DEFAULT);
                case INSTRUMENTED -> new InstrumentedObjectStore(minio, new SimpleMeterRegistry());
            };
        }
    }

    @BeforeAll
    static void startServer() throws Exception {
        server = TestedServer.start(directory);
        fillBigBucket();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static void fillBigBucket() throws Exception {
        ExecutorService uploads = Executors.newFixedThreadPool(8);
        try (ObjectStore filler = new MinioObjectStore(server.connection())) {
            filler.ensureBucket(BIG_BUCKET);
            List<Future<?>> pending = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                ObjectAddress address = new ObjectAddress(BIG_BUCKET, "album/%04d.jpg".formatted(i));
                pending.add(uploads.submit(() -> filler.put(address, bytes("x"), JPEG, Map.of())));
            }
            for (Future<?> upload : pending) {
                upload.get();
            }
        } finally {
            uploads.shutdown();
        }
    }

    @BeforeEach
    void openStore() {
        store = backend.open(server.connection());
        store.ensureBucket(BUCKET);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void shouldGiveBackWhatWasPut() {
        ObjectAddress address = address("gray/cat.jpg");

        store.put(address, bytes("meow"), JPEG, Map.of("request-id", "a b/c", "sha256", "0123"));

        Found found = (Found) store.fetch(address, 4);
        assertThat(found.bytes()).isEqualTo(bytes("meow"));
        assertThat(found.contentType()).isEqualTo(JPEG);
        assertThat(found.metadata()).containsEntry("request-id", "a b/c").containsEntry("sha256", "0123");
    }

    @Test
    void shouldSummarizeWithoutBytes() {
        ObjectAddress address = address("gray/summary.jpg");
        store.put(address, bytes("12345"), JPEG, Map.of("model-version", "v1"));
        String firstEtag = store.stat(address).orElseThrow().etag();

        store.put(address, bytes("54321"), JPEG, Map.of("model-version", "v2"));

        ObjectSummary summary = store.stat(address).orElseThrow();
        assertThat(summary.size()).isEqualTo(5);
        assertThat(summary.metadata()).containsEntry("model-version", "v2");
        assertThat(summary.etag()).isNotBlank().isNotEqualTo(firstEtag);
    }

    @Test
    void shouldTakeContentThatIsNotInMemory() {
        ObjectAddress address = address("gray/zeros");

        store.put(address, ObjectContent.zeros(100_000), "application/octet-stream", Map.of());

        assertThat(((Found) store.fetch(address, 100_000)).bytes()).isEqualTo(new byte[100_000]);
    }

    @Test
    void shouldKeepEmptyObject() {
        ObjectAddress address = address("gray/empty.jpg");

        store.put(address, new byte[0], JPEG, Map.of());

        assertThat(((Found) store.fetch(address, 10)).bytes()).isEmpty();
    }

    @Test
    void shouldAnswerMissingWhereObjectOrBucketDoesNotExist() {
        for (ObjectAddress nowhere : List.of(
                address("not/there.jpg"),
                new ObjectAddress("no-such-bucket", "cat.jpg"),
                new ObjectAddress("No Bucket_name", "cat.jpg"),
                address("../outside.jpg"),
                address("a//b/./c.jpg"))) {
            assertThat(store.fetch(nowhere, 10)).isEqualTo(new Missing());
            assertThat(store.stat(nowhere)).isEmpty();
            assertThat(store.download(nowhere, directory.resolve("nothing"))).isFalse();
            assertThat(directory.resolve("nothing")).doesNotExist();
        }
    }

    @Test
    void shouldNotTakeAnotherObjectForOneWhoseKeyHasAnEmptyPart() {
        store.put(address("album/cat.jpg"), bytes("another"), JPEG, Map.of());
        ObjectAddress emptyPart = address("album//cat.jpg");

        assertThat(store.fetch(emptyPart, 10)).isEqualTo(new Missing());
        assertThat(store.stat(emptyPart)).isEmpty();
        assertThat(store.download(emptyPart, directory.resolve("nothing"))).isFalse();
        assertThatThrownBy(() -> store.put(emptyPart, bytes("new"), JPEG, Map.of()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("takes no such key");
        store.delete(emptyPart);

        assertThat(((Found) store.fetch(address("album/cat.jpg"), 10)).bytes()).isEqualTo(bytes("another"));
    }

    @Test
    void shouldTellSizeInsteadOfReadingTooLargeObject() {
        ObjectAddress address = address("gray/large.jpg");
        store.put(address, new byte[1_000], JPEG, Map.of());

        assertThat(store.fetch(address, 999)).isEqualTo(new TooLarge(1_000));
        assertThat(store.fetch(address, 1_000)).isInstanceOf(Found.class);
    }

    @Test
    void shouldTakeKeysOfAnyScript() {
        for (String key :
                List.of("Häuser/größe 1+2.jpg", "写真/白黒.png", "50% & more/=?#.jpg", "emoji \uD83D\uDCF7.jpg")) {
            store.put(address(key), bytes(key), JPEG, Map.of());

            assertThat(((Found) store.fetch(address(key), 100)).bytes()).isEqualTo(bytes(key));
            assertThat(store.list(BUCKET, key).map(o -> o.address().key())).containsExactly(key);
        }
    }

    @Test
    void shouldPutAndDownloadFileOfSeveralParts() throws Exception {
        byte[] content = new byte[(16 << 20) + 123_457];
        new Random(7).nextBytes(content);
        Path file = Files.write(directory.resolve("big-" + backend), content);
        ObjectAddress address = address("models/network.zip");

        store.put(address, ObjectContent.of(file), "application/zip", Map.of("version", "v1"));

        Found found = (Found) store.fetch(address, content.length);
        assertThat(found.bytes()).isEqualTo(content);
        assertThat(found.metadata()).containsEntry("version", "v1");
        Path copy = Files.writeString(directory.resolve("copy-" + backend), "longer than nothing");
        assertThat(store.download(address, copy)).isTrue();
        assertThat(copy).hasBinaryContent(content);
    }

    @Test
    void shouldListMoreThanOnePageInOrder() {
        List<String> keys =
                store.list(BIG_BUCKET, "album/").map(o -> o.address().key()).toList();

        assertThat(keys).hasSize(MANY).isSorted().doesNotHaveDuplicates();
        assertThat(store.list(BIG_BUCKET, "album/").findFirst().orElseThrow().size())
                .isEqualTo(1);
        assertThat(store.list(BIG_BUCKET, "no-such-album/")).isEmpty();
        assertThat(store.list("no-such-bucket", "")).isEmpty();
    }

    @Test
    void shouldDeleteOnceAndAgain() {
        ObjectAddress address = address("gray/old.jpg");
        store.put(address, bytes("old"), JPEG, Map.of());

        store.delete(address);
        store.delete(address);

        assertThat(store.fetch(address, 10)).isEqualTo(new Missing());
    }

    @Test
    void shouldEnsureBucketAgain() {
        store.ensureBucket(BUCKET);
        store.ensureBucket(BUCKET);

        assertThat(store.stat(address("anything"))).isEmpty();
    }

    @Test
    void shouldTellWhetherThereIsABucket() {
        assertThat(store.hasBucket(BUCKET)).isTrue();
        assertThat(store.hasBucket("no-such-bucket")).isFalse();
        assertThat(store.hasBucket("No Bucket_name")).isFalse();
    }

    @Test
    void shouldRefuseMetadataThatStoresDoNotKeep() {
        for (Map<String, String> bad : List.of(
                Map.of("Request-Id", "x"), Map.of("name", "größe"), Map.of("name", " x"), Map.of("name", "a\nb"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.put(address("x"), bytes("x"), JPEG, bad))
                    .withMessageContaining("metadata");
        }
    }

    @Test
    void shouldBeUnavailableWhereStoreRefusesCaller() {
        try (ObjectStore refused = backend.open(server.ofStranger())) {
            assertThatThrownBy(() -> refused.fetch(address("gray/cat.jpg"), 10))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(server.connection().endpoint())
                    .hasMessageContaining("fetch s3://photos/gray/cat.jpg");
        }
    }

    @Test
    void shouldBeUnavailableWhereBucketToPutIntoIsMissing() {
        assertThatThrownBy(() -> store.put(new ObjectAddress("no-such-bucket", "x"), bytes("x"), JPEG, Map.of()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("bucket does not exist");
    }

    private static ObjectAddress address(String key) {
        return new ObjectAddress(BUCKET, key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
