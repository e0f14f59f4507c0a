package dev.colorstream.storage.modelregistry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.modelregistry.LookupOutcome.Damaged;
import dev.colorstream.storage.modelregistry.LookupOutcome.Found;
import dev.colorstream.storage.modelregistry.LookupOutcome.Newer;
import dev.colorstream.storage.modelregistry.LookupOutcome.Unknown;
import dev.colorstream.storage.modelregistry.PublishOutcome.AlreadyPublished;
import dev.colorstream.storage.modelregistry.PublishOutcome.Published;
import dev.colorstream.storage.modelregistry.PublishOutcome.Refused;
import dev.colorstream.storage.objectstore.FetchOutcome;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelRegistryTest {
    private static final ModelVersionId V1 = new ModelVersionId("v1");
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    static Path serverFolder;

    private static EmbeddedS3 server;
    private static ObjectStore store;

    @TempDir
    Path directory;

    private String bucket;
    private ModelRegistry registry;

    @BeforeAll
    static void startServer() {
        server = EmbeddedS3.start(serverFolder);
        store = new MinioObjectStore(connection(server.secretKey()));
    }

    @AfterAll
    static void stopServer() {
        store.close();
        server.close();
    }

    @BeforeEach
    void takeFreshBucket() {
        bucket = "models-" + BUCKETS.incrementAndGet();
        registry = new ModelRegistry(store, bucket);
    }

    @Test
    void shouldFetchWhatWasPublished() {
        ModelVersionFolder version = version("v1", "weights");

        assertThat(registry.publish(version)).isEqualTo(new Published(V1));

        ModelVersionFolder fetched = found(registry.fetch(V1, cache()));
        assertThat(fetched.folder()).isEqualTo(cache().resolve("v1"));
        assertThat(fetched.manifest()).isEqualTo(version.manifest());
        assertThat(fetched.file(ModelVersionFolder.NETWORK)).hasContent("weights");
        assertThat(registry.manifest(V1)).isEqualTo(new Found<>(version.manifest()));
        assertThat(registry.list().whole()).containsExactly(version.manifest());
    }

    @Test
    void shouldTakeTheSameVersionAgain() {
        ModelVersionFolder version = version("v1", "weights");
        registry.publish(version);

        assertThat(registry.publish(version)).isEqualTo(new AlreadyPublished(V1));
    }

    @Test
    void shouldRefuseOtherContentUnderTheSameId() {
        registry.publish(version("v1", "weights"));

        assertThat(registry.publish(version("v1", "others")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains("v1", "versions never change"));

        assertThat(found(registry.fetch(V1, cache())).file(ModelVersionFolder.NETWORK))
                .hasContent("weights");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldFinishPublicationThatBrokeOff(int changes) {
        ModelVersionFolder version = version("v1", "weights");
        ModelRegistry broken = new ModelRegistry(new BreakingStore(store, changes), bucket);
        assertThatThrownBy(() -> broken.publish(version)).isInstanceOf(StoreUnavailableException.class);

        assertThat(registry.list().whole()).isEmpty();
        assertThat(registry.fetch(V1, cache())).isInstanceOf(Unknown.class);

        assertThat(registry.publish(version)).isEqualTo(new Published(V1));
        assertThat(found(registry.fetch(V1, cache())).manifest()).isEqualTo(version.manifest());
    }

    @Test
    void shouldLeaveAVersionWholeThatAnotherPublishesMeanwhile() {
        // given: another one publishes its own weights when this one has looked and begins to write
        ModelVersionFolder other = version("v1", "weights");
        ObjectStore slow = new BreakingStore(store, new AtomicInteger(), () -> registry.publish(other));

        // when
        PublishOutcome outcome = new ModelRegistry(slow, bucket).publish(version("v1", "others"));

        // then
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(found(registry.fetch(V1, cache())).file(ModelVersionFolder.NETWORK))
                .hasContent("weights");
    }

    @Test
    void shouldMendWhatAnotherWroteOverJustBeforeTheManifestWasThere() {
        // given
        ModelVersionFolder version = version("v1", "weights");
        int manifest = version.manifest().files().size();
        ObjectStore raced = new BreakingStore(
                store,
                new AtomicInteger(manifest),
                () -> store.put(address("network.zip"), bytes("others"), "application/zip", Map.of()));

        // when
        assertThat(new ModelRegistry(raced, bucket).publish(version)).isEqualTo(new Published(V1));

        // then
        assertThat(found(registry.fetch(V1, cache())).file(ModelVersionFolder.NETWORK))
                .hasContent("weights");
    }

    @Test
    void shouldMendDamagedVersionByPublishingItAgain() {
        ModelVersionFolder version = version("v1", "weights");
        registry.publish(version);
        store.put(address("network.zip"), bytes("weightz"), "application/zip", Map.of());
        store.delete(address("MODEL_CARD.md"));
        store.put(address("manifest.json"), bytes("{"), "application/json", Map.of());

        assertThat(registry.publish(version)).isEqualTo(new Published(V1));

        assertThat(found(registry.fetch(V1, cache())).manifest()).isEqualTo(version.manifest());
    }

    @Test
    void shouldNotFetchWhatIsNotTheManifestsFile() {
        registry.publish(version("v1", "weights"));
        store.put(address("network.zip"), bytes("weightz"), "application/zip", Map.of());

        assertThat(damage(registry.fetch(V1, cache()))).contains("network.zip", "SHA-256 differs");
        assertThat(cache().resolve("v1")).doesNotExist();
    }

    @Test
    void shouldTellWhichFileIsMissing() {
        registry.publish(version("v1", "weights"));
        store.delete(address("network.zip"));

        assertThat(damage(registry.fetch(V1, cache()))).contains("network.zip", "is missing");
        assertThat(registry.list().whole()).isEmpty();
        assertThat(registry.list().unusable().get(V1)).contains("network.zip");
    }

    @Test
    void shouldTellManifestsThatCannotBeRead() {
        ModelVersionFolder version = version("v1", "weights");
        registry.publish(version);
        store.put(address("manifest.json"), bytes("{\"format\": 1}"), "application/json", Map.of());
        assertThat(damage(registry.fetch(V1, cache()))).contains("manifest.json", "'training' is missing");

        store.put(address("manifest.json"), bytes("{\"format\": 99}"), "application/json", Map.of());
        assertThat(registry.fetch(V1, cache()))
                .isInstanceOfSatisfying(
                        Newer.class, newer -> assertThat(newer.reason()).contains("manifest.json", "update"));
        assertThat(registry.list().unusable().get(V1)).contains("update");
        assertThat(registry.publish(version)).isInstanceOf(Refused.class);
    }

    @Test
    void shouldNotKnowVersionThatWasNeverPublished() {
        assertThat(registry.fetch(V1, cache())).isInstanceOf(Unknown.class);
        assertThat(registry.list().whole()).isEmpty();
    }

    @Test
    void shouldTellOutageByException() {
        try (ObjectStore refusing = new MinioObjectStore(connection("guessed"))) {
            ModelRegistry unreachable = new ModelRegistry(refusing, bucket);

            assertThatThrownBy(() -> unreachable.fetch(V1, cache())).isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void shouldMendDamagedCopyInTheCache() throws IOException {
        registry.publish(version("v1", "weights"));
        registry.fetch(V1, cache());
        Files.writeString(cache().resolve("v1/network.zip"), "weightz");

        assertThat(found(registry.fetch(V1, cache())).file(ModelVersionFolder.NETWORK))
                .hasContent("weights");
    }

    @Test
    void shouldFetchOnceForSeveralAtOnce() {
        registry.publish(version("v1", "weights"));

        List<CompletableFuture<LookupOutcome<ModelVersionFolder>>> fetches = List.of(
                CompletableFuture.supplyAsync(() -> registry.fetch(V1, cache())),
                CompletableFuture.supplyAsync(() -> registry.fetch(V1, cache())));

        assertThat(fetches)
                .allSatisfy(fetch -> assertThat(found(fetch.join()).folder()).isEqualTo(cache().resolve("v1")));
    }

    @Test
    void shouldPruneTheOldestButNeverWhatAChannelNames() {
        for (String id : List.of("v1", "v2", "v3", "v4")) {
            registry.publish(version(id, id));
        }

        assertThat(registry.prune(1, Set.of(V1)))
                .extracting(ModelVersionId::value)
                .containsExactly("v2", "v3");

        assertThat(registry.list().whole())
                .extracting(manifest -> manifest.version().value())
                .containsExactly("v1", "v4");
        assertThat(store.list(bucket, "models/v2/")).isEmpty();
    }

    @Test
    void shouldDeleteTheManifestFirst() {
        registry.publish(version("v1", "weights"));
        ModelRegistry broken = new ModelRegistry(new BreakingStore(store, 1), bucket);

        assertThatThrownBy(() -> broken.delete(V1)).isInstanceOf(StoreUnavailableException.class);

        assertThat(registry.list().whole()).isEmpty();
        assertThat(registry.list().unusable()).isEmpty();
        assertThat(store.fetch(address("network.zip"), 100)).isInstanceOf(FetchOutcome.Found.class);
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    private ObjectAddress address(String file) {
        return new ObjectAddress(bucket, "models/v1/" + file);
    }

    private static ModelVersionFolder found(LookupOutcome<ModelVersionFolder> outcome) {
        return ((Found<ModelVersionFolder>) outcome).value();
    }

    private static String damage(LookupOutcome<ModelVersionFolder> outcome) {
        return ((Damaged<ModelVersionFolder>) outcome).reason();
    }

    private ModelVersionFolder version(String id, String network) {
        ModelVersionWriter writer = new ModelVersionWriter(directory.resolve(id + network));
        writer.write(ModelVersionFolder.NETWORK, file -> Files.writeString(file, network));
        writer.write("MODEL_CARD.md", file -> Files.writeString(file, "card"));
        return writer.seal(files -> new ModelManifest(
                new ModelVersionId(id),
                "eccv16-small",
                128,
                PredictionKind.BIN_DISTRIBUTION,
                313,
                Optional.of(0.4),
                files,
                new ModelManifest.Training("f00d", Map.of("epochs", "3"), 1, Optional.empty(), "unknown"),
                new ModelManifest.Environment("17", "Linux", "amd64"),
                Map.of("auc", 0.9),
                Instant.parse("2026-11-22T12:00:00Z")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static ObjectStoreConnection connection(String secretKey) {
        return new ObjectStoreConnection(
                server.endpoint(), server.accessKey(), secretKey, ObjectStoreConnection.DEFAULT_REGION);
    }
}
