package dev.colorstream.worker.modelversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.RefusalReason;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.storage.modelregistry.LookupOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import dev.colorstream.worker.configuration.Engine;
import dev.colorstream.worker.modelversion.VersionState.Refused;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which versions a worker has, on real networks but for those whose passes take as long as a test wants. */
final class ServedVersionsTest {
    private static final ModelVersionId V1 = new ModelVersionId("v1");
    private static final ModelVersionId V2 = new ModelVersionId("v2");
    private static final ModelVersionId V3 = new ModelVersionId("v3");
    private static final ModelVersionId V4 = new ModelVersionId("v4");
    private static final ModelVersionId CORRUPT = new ModelVersionId("corrupt");
    private static final ModelVersionId ABSURD = new ModelVersionId("absurd");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Map<ModelVersionId, ModelVersionFolder> SHELF = new ConcurrentHashMap<>();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger outages = new AtomicInteger();
    private final Set<ModelVersionId> ungiven = ConcurrentHashMap.newKeySet();
    private Optional<ServedVersions> opened = Optional.empty();

    @BeforeAll
    static void writeVersions(@TempDir Path directory) {
        for (ModelVersionId version : List.of(V1, V2, V3, V4)) {
            SHELF.put(version, Models.write(directory, version, version.hashCode()));
        }
        SHELF.put(CORRUPT, Models.writeCorrupt(directory, CORRUPT));
        SHELF.put(ABSURD, Models.writeFailingInWarmUp(directory, ABSURD));
    }

    @AfterEach
    void close() {
        opened.ifPresent(ServedVersions::close);
    }

    @Test
    void shouldKeepServingOldModelWhenNewOneFailsWarmUp() throws Exception {
        // given
        ServedVersions versions = serving(Engine.DL4J, V1);

        // when
        versions.announce(stable(ABSURD, V1));
        settle(versions);

        // then
        assertThat(versions.refusalOf(ABSURD).map(Refused::reason)).contains(RefusalReason.WARM_UP_FAILED);
        assertColorsWith(versions, V1);
        assertThat(told).containsExactly("v1 serving", "absurd refused");
        assertThat(states()).containsExactlyInAnyOrder("v1 serving", "absurd refused");
        assertThat(registry.get("colorstream.model.refusals")
                        .tag("reason", "warm-up-failed")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldRefuseAWarmUpWithoutEndAndTakeTheNextVersion() throws Exception {
        // given
        ServedVersions versions = open(Engine.NONE, Duration.ofHours(1), Duration.ofMillis(200));

        // when
        versions.announce(stable(V1));
        settle(versions);

        // then
        assertThat(versions.refusalOf(V1).map(Refused::reason)).contains(RefusalReason.WARM_UP_TOO_LONG);
        assertThat(versions.isServing()).isFalse();
        assertThat(states()).containsExactly("v1 refused");
    }

    @Test
    void shouldSwapBehindThePhotosThatHaveTheOldVersion() throws Exception {
        // given
        ServedVersions versions = serving(Engine.DL4J, V1);
        Lease old = versions.lease(request());

        // when
        versions.announce(stable(V2, V1));
        settle(versions);

        // then
        assertColorsWith(versions, V2);
        assertThat(color(old)).as("the old version still colors").isEqualTo(1);
        assertThat(states()).containsExactlyInAnyOrder("v1 draining", "v2 serving");
        old.close();
        assertThat(states()).containsExactly("v2 serving");
        assertThat(told).containsExactly("v1 serving", "v2 serving", "v1 retired");
        assertThat(registry.get("colorstream.model.swaps").counter().count()).isEqualTo(1);
    }

    @Test
    void shouldGoBackByTheSameWay() throws Exception {
        ServedVersions versions = serving(Engine.NONE, V1);
        versions.announce(stable(V2, V1));
        settle(versions);

        versions.announce(stable(V1));
        settle(versions);

        assertColorsWith(versions, V1);
        assertThat(states()).containsExactly("v1 serving");
    }

    @Test
    void shouldServeAnEarlierVersionWhereTheAnnouncedOneIsRefusedAtTheStart() throws Exception {
        ServedVersions versions = serving(Engine.DL4J, CORRUPT, new ModelVersionId("pruned"), V1, V2);

        assertColorsWith(versions, V1);
        assertThat(versions.refusalOf(CORRUPT).map(Refused::reason)).contains(RefusalReason.DAMAGED);
        assertThat(told).containsExactly("corrupt refused", "pruned refused", "v1 serving");
    }

    @Test
    void shouldServeBothChannelsFromOneNetworkWhereTheyAgree() throws Exception {
        ServedVersions versions = serving(Engine.NONE, V1);
        versions.announce(canary(V2, 1));
        settle(versions);
        assertColorsWith(versions, V2);

        versions.announce(stable(V2, V1));
        settle(versions);

        assertThat(states()).containsExactly("v2 serving");
        versions.announce(canary(V2, 0));
        assertColorsWith(versions, V2);
    }

    @Test
    void shouldEndTheCanaryAtOnceThoughItsNextVersionIsNone() throws Exception {
        ServedVersions versions = serving(Engine.DL4J, V1);
        versions.announce(canary(V2, 1));
        settle(versions);

        versions.announce(canary(CORRUPT, 0));

        assertColorsWith(versions, V1);
    }

    @Test
    void shouldOpenAPinnedVersionOnDemandAndRefuseWhatIsNone() throws Exception {
        ServedVersions versions = serving(Engine.DL4J, V1);

        assertThat(pin(versions, V2).get()).isEqualTo("v2");
        assertThat(pin(versions, CORRUPT).get()).isEqualTo("damaged");
        assertThat(pin(versions, new ModelVersionId("v99")).get()).isEqualTo("unknown-version");

        assertColorsWith(versions, V1);
        assertThat(told)
                .as("a name that a client made up is nobody's news")
                .containsExactly("v1 serving", "v2 serving", "corrupt refused");
    }

    @Test
    void shouldLetTheLeastRecentlyPinnedVersionGoButNoneThatAChannelServes() throws Exception {
        // given
        ServedVersions versions = serving(Engine.NONE, V1);
        pin(versions, V2).get();
        pin(versions, V3).get();
        assertThat(states()).containsExactlyInAnyOrder("v1 serving", "v2 serving", "v3 serving");
        pin(versions, V2).get();

        // when
        pin(versions, V4).get();

        // then
        assertThat(states()).containsExactlyInAnyOrder("v1 serving", "v2 serving", "v4 serving");
    }

    @Test
    void shouldWaitForThePhotosOfTheVersionThatMustGo() throws Exception {
        // given
        ServedVersions versions = serving(Engine.NONE, V1);
        CompletableFuture<Lease> held = new CompletableFuture<>();
        versions.lease(V2, held::complete, refused -> held.cancel(false));
        pin(versions, V3).get();
        versions.lease(V3, lease -> {}, refused -> {});
        held.get();

        // when
        CompletableFuture<String> fourth = pin(versions, V4);

        // then
        await().atMost(LIMIT).until(() -> states().contains("v2 draining"));
        assertThat(fourth).isNotDone();
        held.get().close();
        assertThat(fourth.get()).isEqualTo("v4");
    }

    @Test
    void shouldWaitForAStoreThatDoesNotAnswer() throws Exception {
        outages.set(1);

        ServedVersions versions = serving(Engine.NONE, V1);

        assertColorsWith(versions, V1);
        assertThat(told).containsExactly("v1 serving");
    }

    @Test
    void shouldOpenOtherVersionsWhileOneCannotBeFetched() throws Exception {
        // given
        ungiven.add(V2);
        ServedVersions versions = open(Engine.NONE, Duration.ZERO, LIMIT);
        versions.announce(canary(V2, 1));
        versions.announce(stable(V1));

        // when
        boolean tried = versions.awaitTried(LIMIT);

        // then
        assertThat(tried).isTrue();
        assertColorsWith(versions, V1);
        CompletableFuture<String> waiting = pin(versions, V2);
        assertThat(pin(versions, V3).get()).isEqualTo("v3");
        assertThat(waiting).isNotDone();
        ungiven.clear();
        assertThat(waiting.get()).isEqualTo("v2");
        settle(versions);
        assertColorsWith(versions, V2);
    }

    @Test
    void shouldNameTheVersionThatARequestWouldGet() throws Exception {
        ServedVersions versions = serving(Engine.NONE, V1);

        assertThat(versions.versionFor(request())).isEqualTo(V1);
        assertThat(versions.versionFor(new ColorizeRequest(
                        new RequestId("r"),
                        Optional.empty(),
                        new ObjectAddress("uploads", "a"),
                        RequestOptions.pinned(V2),
                        Instant.EPOCH)))
                .isEqualTo(V2);
    }

    private ServedVersions serving(Engine engine, ModelVersionId version, ModelVersionId... earlier)
            throws InterruptedException {
        ServedVersions versions = open(engine, Duration.ZERO, LIMIT);
        versions.announce(stable(version, earlier));
        settle(versions);
        return versions;
    }

    private ServedVersions open(Engine engine, Duration pass, Duration limit) {
        ServedVersions versions = new ServedVersions(
                new Shelf(),
                new Preparation(new EngineChoice(engine, pass), 2, 2, limit),
                3,
                registry,
                state -> told.add(text(state)));
        opened = Optional.of(versions);
        versions.start();
        return versions;
    }

    private static void settle(ServedVersions versions) throws InterruptedException {
        assertThat(versions.awaitSettled(LIMIT)).isTrue();
    }

    private static CompletableFuture<String> pin(ServedVersions versions, ModelVersionId version) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        versions.lease(
                version,
                lease -> {
                    color(lease);
                    lease.close();
                    outcome.complete(lease.model().version().value());
                },
                refused -> outcome.complete(refused.reason().wireName()));
        return outcome;
    }

    private static void assertColorsWith(ServedVersions versions, ModelVersionId version) {
        Lease lease = versions.lease(request());
        assertThat(lease.model().version()).isEqualTo(version);
        assertThat(color(lease)).isEqualTo(1);
        lease.close();
    }

    private static int color(Lease lease) {
        int side = lease.model().colorizer().inputSize();
        return lease.model()
                .colorizer()
                .predict(List.of(new float[side * side]))
                .size();
    }

    /** What the metrics show. */
    private List<String> states() {
        return registry.find("colorstream.model").gauges().stream()
                .map(gauge ->
                        gauge.getId().getTag("version") + " " + gauge.getId().getTag("state"))
                .toList();
    }

    private static String text(VersionState state) {
        return state.version() + " " + state.stateName();
    }

    private static ModelAnnouncement stable(ModelVersionId version, ModelVersionId... earlier) {
        return new ModelAnnouncement(Channel.STABLE, version, 1, List.of(earlier), Instant.EPOCH, "");
    }

    private static ModelAnnouncement canary(ModelVersionId version, double share) {
        return new ModelAnnouncement(Channel.CANARY, version, share, List.of(), Instant.EPOCH, "");
    }

    private static ColorizeRequest request() {
        return new ColorizeRequest(
                new RequestId("r"),
                Optional.empty(),
                new ObjectAddress("uploads", "a.jpg"),
                RequestOptions.NONE,
                Instant.EPOCH);
    }

    /** The versions of this test; it does not answer as often as the test wants. */
    private final class Shelf implements VersionSource {
        @Override
        public LookupOutcome<ModelVersionFolder> find(ModelVersionId version) {
            if (outages.getAndDecrement() > 0 || ungiven.contains(version)) {
                throw new StoreUnavailableException("no answer", null);
            }
            ModelVersionFolder folder = SHELF.get(version);
            return folder == null ? new LookupOutcome.Unknown<>("none") : new LookupOutcome.Found<>(folder);
        }

        @Override
        public void forget(ModelVersionId version) {}

        @Override
        public void close() {}
    }
}
