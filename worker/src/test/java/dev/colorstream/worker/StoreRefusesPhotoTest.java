package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.worker.configuration.WorkerConfig;
import dev.colorstream.worker.fetch.StoreAvailability;
import dev.colorstream.worker.fetch.StorePatience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guarantee: a photo that the store refuses while it serves others has its end, and keeps none of them from theirs. */
final class StoreRefusesPhotoTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(1);
    /** The delivery that comes is the last that is worked on. */
    private static final String SUSPECT = Topics.REQUESTS + "/0/7/4";

    @TempDir
    static Path directory;

    private static Installation installation;

    private RefusingStore store;
    private ModelLife models;
    private PipelineLayers pipeline;

    @BeforeAll
    static void upload() {
        installation = Installation.start(directory, 1);
        installation.upload("cat.jpg", Photos.jpeg(50, 50, 1));
        installation.upload("secret.jpg", Photos.jpeg(50, 50, 2));
    }

    @BeforeEach
    void build() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        WorkerConfig config = installation.config("worker", "--consumers", "1");
        store = new RefusingStore(installation.store());
        models = new ModelLife(config, store, installation.producer(), registry);
        pipeline = new PipelineLayers(
                config,
                models.versions(),
                store,
                new StorePatience(new StoreAvailability("reads"), PAUSE),
                new StorePatience(new StoreAvailability("writes"), PAUSE),
                installation.producer(),
                registry,
                () -> {});
    }

    @AfterEach
    void end() {
        pipeline.stop(Duration.ofSeconds(5));
        pipeline.close();
        models.close();
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void shouldColorOthersBesideSuspectThatStoreDoesNotGive() {
        store.giveNone(address -> address.key().equals("secret.jpg"));
        installation.suspect("ungiven", "secret.jpg", SUSPECT);
        pipeline.start();
        await().atMost(LIMIT).until(() -> store.refusals() > 3);

        installation.request("beside-ungiven", "cat.jpg", RequestOptions.NONE);

        assertThat(result("beside-ungiven")).isInstanceOf(Colored.class);
        assertPoison("ungiven");
    }

    @Test
    void shouldColorOthersBesideSuspectWhoseColorPhotoStoreDoesNotTake() {
        store.takeNone(address -> address.key().contains("untaken"));
        installation.suspect("untaken", "cat.jpg", SUSPECT);
        pipeline.start();
        await().atMost(LIMIT).until(() -> store.refusals() > 3);

        installation.request("beside-taken", "cat.jpg", RequestOptions.NONE);

        assertThat(result("beside-taken")).isInstanceOf(Colored.class);
        assertPoison("untaken");
    }

    @Test
    void shouldHandBackPhotoThatIsRefusedAloneInItsWindowAndColorSuspectBehindIt() {
        pipeline.start();
        installation.request("before", "cat.jpg", RequestOptions.NONE);
        assertThat(result("before")).isInstanceOf(Colored.class);
        store.giveNone(address -> address.key().equals("secret.jpg"));

        installation.request("only-one-in-its-window", "secret.jpg", RequestOptions.NONE);
        await().atMost(LIMIT).until(() -> store.refusals() > 0);
        installation.suspect("innocent", "cat.jpg", SUSPECT);
        installation.request("next-window", "cat.jpg", RequestOptions.NONE);

        assertThat(result("innocent")).isInstanceOf(Colored.class);
        assertThat(result("next-window")).isInstanceOf(Colored.class);
        store.giveNone(address -> false);
        assertThat(result("only-one-in-its-window")).isInstanceOf(Colored.class);
    }

    @Test
    void shouldFailNothingWhileStoreTakesNothing() {
        pipeline.start();
        installation.request("taken", "cat.jpg", RequestOptions.NONE);
        assertThat(result("taken")).isInstanceOf(Colored.class);
        int letters = installation.deadLetters().size();

        store.takeNone(address -> address.bucket().equals(Buckets.COLORIZED));
        installation.request("held", "cat.jpg", RequestOptions.NONE);
        installation.suspect("held-suspect", "cat.jpg", SUSPECT);
        installation.requestExpress("held-express", "cat.jpg");
        await().atMost(LIMIT).until(() -> store.refusals() > 200);
        assertThat(installation.newestResults()).doesNotContainKeys("held", "held-suspect", "held-express");
        store.takeNone(address -> false);

        assertThat(result("held")).isInstanceOf(Colored.class).returns(1, ColorizeResult::attempt);
        assertThat(result("held-express")).isInstanceOf(Colored.class).returns(1, ColorizeResult::attempt);
        assertThat(result("held-suspect")).isInstanceOf(Colored.class).returns(5, ColorizeResult::attempt);
        assertThat(installation.deadLetters()).hasSize(letters);
    }

    private static void assertPoison(String request) {
        Failed failed = (Failed) result(request);
        assertThat(failed.reason()).isEqualTo(FailureReason.POISON);
        assertThat(failed.attempt()).isEqualTo(6);
    }

    private static ColorizeResult result(String request) {
        await().atMost(LIMIT).until(() -> installation.newestResults().containsKey(request));
        return Objects.requireNonNull(installation.newestResults().get(request));
    }
}
