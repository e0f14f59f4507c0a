package dev.colorstream.qa.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.qa.faults.guarantees.ExpectedEnd;
import dev.colorstream.qa.faults.guarantees.Witness;
import dev.colorstream.qa.faults.proxy.Call;
import dev.colorstream.qa.faults.proxy.Fault;
import dev.colorstream.qa.faults.scene.Scene;
import dev.colorstream.qa.faults.scene.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promises under every fault of the object store. */
final class StoreFaultsIT {
    private static final int PHOTOS = 40;
    private static final Duration OUTAGE = Duration.ofSeconds(35);

    @TempDir
    static Path folder;

    private static Scene scene;
    private static WorkerProcess worker;

    /** A store that serves nobody, or nobody's writes. */
    enum Outage {
        CUT,
        STALLED,
        CREDENTIALS_REVOKED,
        ACCESS_DENIED,
        SLOW_DOWN;

        Fault fault() {
            return switch (this) {
                case CUT -> new Fault.Cut();
                case STALLED -> new Fault.Stall();
                case CREDENTIALS_REVOKED -> new Fault.Answer(403, "InvalidAccessKeyId");
                case ACCESS_DENIED -> new Fault.Answer(403, "AccessDenied");
                case SLOW_DOWN -> new Fault.Answer(503, "SlowDown");
            };
        }

        String job() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @BeforeAll
    static void start() {
        scene = Promises.scene(folder);
        worker = scene.startWorker("worker");
    }

    @AfterEach
    void mend() {
        scene.faultyStore().mend();
    }

    @AfterAll
    static void end() {
        scene.close();
    }

    @Test
    void shouldKeepPromisesWhenThreeCallsInTenFail() {
        Random random = new Random(1);
        keepPromises("some-fail", call -> threeInTen(random) ? new Fault.Answer(503, "SlowDown") : new Fault.Pass());
    }

    @Test
    void shouldKeepPromisesWhenAnswersAreReset() {
        Random random = new Random(2);
        keepPromises("some-reset", call -> threeInTen(random) ? new Fault.ResetInAnswer() : new Fault.Pass());
    }

    @Tag("faults")
    @Test
    void shouldKeepPromisesWhenEveryCallTakesTwoSeconds() {
        keepPromises("slow", call -> new Fault.Slow(Duration.ofSeconds(2)));
    }

    @Tag("faults")
    @ParameterizedTest
    @EnumSource
    void shouldHoldPhotosThroughOutageThatOutlastsLock(Outage outage) {
        outlast(outage.job(), call -> outage.fault());
    }

    @Tag("faults")
    @Test
    void shouldHoldPhotosWhileStoreIsFull() {
        outlast(
                "full",
                call -> call.method().equals("PUT") ? new Fault.Answer(507, "XMinioStorageFull") : new Fault.Pass());
    }

    private static synchronized boolean threeInTen(Random random) {
        return random.nextInt(10) < 3;
    }

    private static void keepPromises(String job, Function<Call, Fault> rule) {
        List<ColorizeRequest> requests = scene.upload(job, PHOTOS, Photos.small());
        try (Witness witness = scene.witness(job)) {
            scene.faultyStore().impose(rule);

            witness.send(requests, ExpectedEnd.COLORED);

            Promises.awaitKept(witness);
            assertThat(scene.faultyStore().hits()).as("the faults came").isGreaterThan(PHOTOS / 4);
        }
    }

    private static void outlast(String job, Function<Call, Fault> rule) {
        List<ColorizeRequest> requests = scene.upload(job, PHOTOS, Photos.small());
        await().atMost(Promises.LIMIT).until(() -> worker.probe("/readyz") == 200);
        try (Witness witness = scene.witness(job)) {
            scene.faultyStore().impose(rule);
            witness.send(requests, ExpectedEnd.COLORED);

            await().atMost(Promises.LIMIT).until(() -> worker.probe("/readyz") == 503);
            Promises.lookFor(witness, OUTAGE);
            assertThat(witness.guarantees().open()).as("held").isEqualTo(PHOTOS);
            assertThat(worker.probe("/livez")).isEqualTo(200);
            scene.faultyStore().mend();

            Promises.awaitKept(witness);
            await().atMost(Promises.LIMIT).until(() -> worker.probe("/readyz") == 200);
        }
    }
}
