package dev.colorstream.storage.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.storage.objectstore.FaultyServer.Fault;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.storage.objectstore.FetchOutcome.Missing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StoreOutageTest {
    private static final ObjectAddress CAT = new ObjectAddress("photos", "cat.jpg");
    private static final int WINDOW = 6;
    private static final ResiliencePolicy QUICK = new ResiliencePolicy(
            3,
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(300),
            1 << 20,
            4,
            WINDOW,
            50,
            Duration.ofMillis(200));

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SERVICE_UNAVAILABLE", "INSUFFICIENT_STORAGE", "CUT_OFF", "NO_STORE_HERE"})
    void shouldTellFailingStoreAsUnavailable(Fault fault) throws Exception {
        try (FaultyServer server = new FaultyServer(fault);
                ObjectStore store = new MinioObjectStore(server.connection())) {
            assertThatThrownBy(() -> store.fetch(CAT, 1_000))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(server.connection().endpoint())
                    .hasMessageContaining("fetch s3://photos/cat.jpg");
        }
    }

    @Test
    void shouldSendTheTokenOfTemporaryKeys() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.NONE);
                ObjectStore store = new MinioObjectStore(new ObjectStoreConnection(
                        server.connection().endpoint(),
                        "key",
                        "secret",
                        Optional.of("token"),
                        Optional.empty(),
                        "region-1"))) {
            store.fetch(CAT, 10);

            assertThat(server.sessionToken()).isEqualTo("token");
        }
    }

    @Test
    void shouldTellRefusedConnectionAsUnavailable() throws Exception {
        ObjectStoreConnection nobody =
                new ObjectStoreConnection("http://127.0.0.1:" + unusedPort(), "key", "secret", "region-1");
        try (ObjectStore store = new ResilientObjectStore(new MinioObjectStore(nobody), QUICK)) {
            assertThatThrownBy(() -> store.stat(CAT))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("ConnectException");
        }
    }

    @Test
    void shouldAskFailingStoreAgain() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.SERVICE_UNAVAILABLE);
                ObjectStore store = new ResilientObjectStore(new MinioObjectStore(server.connection()), QUICK)) {
            assertThatThrownBy(() -> store.fetch(CAT, 10)).isInstanceOf(StoreUnavailableException.class);

            assertThat(server.requests()).isGreaterThanOrEqualTo(QUICK.attempts());
        }
    }

    @Test
    void shouldLeaveStoreAloneThatStaysUnavailableAndComeBackToIt() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.SERVICE_UNAVAILABLE);
                ResilientObjectStore store =
                        new ResilientObjectStore(new MinioObjectStore(server.connection()), QUICK)) {
            for (int attempts = 0; attempts < WINDOW; attempts += QUICK.attempts()) {
                assertThatThrownBy(() -> store.fetch(CAT, 10)).isInstanceOf(StoreUnavailableException.class);
            }
            assertThat(store.isLeftAlone()).isTrue();
            int asked = server.requests();
            assertThatThrownBy(() -> store.fetch(CAT, 10))
                    .hasMessageContaining("left alone")
                    .matches(
                            thrown -> !((StoreUnavailableException) thrown).isOfObject(), "says nothing of the object");
            assertThat(server.requests()).isEqualTo(asked);

            server.become(Fault.NONE);

            await().ignoreException(StoreUnavailableException.class)
                    .untilAsserted(() -> assertThat(store.fetch(CAT, 10)).isInstanceOf(Found.class));
        }
    }

    @Test
    void shouldTellOfTheObjectWhatFailedBeforeStoreWasLeftAlone() throws Exception {
        ResiliencePolicy breakerBetweenAttempts = new ResiliencePolicy(
                3,
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofSeconds(5),
                1 << 20,
                4,
                1,
                50,
                Duration.ofMinutes(1));
        try (FaultyServer server = new FaultyServer(Fault.SERVICE_UNAVAILABLE);
                ObjectStore store =
                        new ResilientObjectStore(new MinioObjectStore(server.connection()), breakerBetweenAttempts)) {
            assertThatThrownBy(() -> store.fetch(CAT, 10))
                    .hasMessageContaining("could not fetch")
                    .matches(thrown -> ((StoreUnavailableException) thrown).isOfObject());
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void shouldTellFullStoreOfNoObject() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.INSUFFICIENT_STORAGE);
                ObjectStore store = new MinioObjectStore(server.connection())) {
            assertThatThrownBy(() -> store.stat(CAT))
                    .matches(thrown -> !((StoreUnavailableException) thrown).isOfObject());
        }
    }

    @Test
    void shouldNotCountMissingAsFailure() throws Exception {
        ResiliencePolicy patientCalls = new ResiliencePolicy(
                3,
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMinutes(1),
                1 << 20,
                4,
                WINDOW,
                50,
                Duration.ofMillis(200));
        try (FaultyServer server = new FaultyServer(Fault.NO_SUCH_KEY);
                ResilientObjectStore store =
                        new ResilientObjectStore(new MinioObjectStore(server.connection()), patientCalls)) {
            for (int i = 0; i < 3 * WINDOW; i++) {
                assertThat(store.fetch(CAT, 10)).isEqualTo(new Missing());
            }

            assertThat(server.requests()).isEqualTo(3 * WINDOW);
            assertThat(store.isLeftAlone()).isFalse();
        }
    }

    @Test
    void shouldNotWaitForSilentStoreWithoutEnd() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.SILENCE);
                ObjectStore store = new ResilientObjectStore(new MinioObjectStore(server.connection()), QUICK)) {
            assertThatThrownBy(() -> store.fetch(CAT, 10))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("within");
        }
    }

    @Test
    void shouldLeavePhotosThatShareASlowLineTheirTime() {
        long photo = 7 << 20;
        long photosAtOnce = 8;
        long lineBytesPerSecond = 1_000_000 / 8;
        Duration needed = Duration.ofSeconds(photosAtOnce * photo / lineBytesPerSecond);

        assertThat(ResiliencePolicy.SLOW_LINE.limit(photo)).isGreaterThan(needed);
        assertThat(ResiliencePolicy.DEFAULT.limit(photo)).isLessThan(needed);
    }

    @Test
    void shouldNotTakeOwnCrowdForAnOutage() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        CompletableFuture<FetchOutcome> answer = new CompletableFuture<>();
        WaitingStore waiting = new WaitingStore(answer);
        ResiliencePolicy patientCalls = new ResiliencePolicy(
                1,
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMillis(300),
                1,
                1,
                2,
                50,
                Duration.ofHours(1));
        try (ResilientObjectStore store = new ResilientObjectStore(waiting, patientCalls)) {
            // The first call may take 300 ms and a second for each of the bytes it may bring.
            Future<FetchOutcome> first = callers.submit(() -> store.fetch(CAT, 600));
            waiting.awaitFetch();
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> store.stat(CAT)).hasMessageContaining("too many other calls");
            }

            answer.complete(new Missing());

            assertThat(first.get()).isEqualTo(new Missing());
            assertThat(store.isLeftAlone()).isFalse();
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void shouldTimeCallsByOutcome() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (FaultyServer server = new FaultyServer(Fault.NO_SUCH_KEY);
                ObjectStore store = new InstrumentedObjectStore(new MinioObjectStore(server.connection()), registry)) {
            assertThat(store.fetch(CAT, 10)).isEqualTo(new Missing());
            server.become(Fault.SERVICE_UNAVAILABLE);
            assertThatThrownBy(() -> store.fetch(CAT, 10)).isInstanceOf(StoreUnavailableException.class);

            assertThat(count(registry, "missing")).isEqualTo(1);
            assertThat(count(registry, "unavailable")).isEqualTo(1);
        }
    }

    private static long count(SimpleMeterRegistry registry, String outcome) {
        return registry.get("colorstream.store.calls")
                .tag("operation", "fetch")
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
