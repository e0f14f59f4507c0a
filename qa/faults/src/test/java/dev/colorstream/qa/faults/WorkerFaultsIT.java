package dev.colorstream.qa.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.topic.Topics;
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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promises when workers die, stand still or are told to go, and when Kafka does. */
@Tag("faults")
final class WorkerFaultsIT {
    private static final int PHOTOS = 24;
    private static final int LARGE_PHOTOS = 8;
    private static final int MANY_PHOTOS = 150;
    private static final String[] SLOWLY = {
        "--batch", "1", "--colorize-threads", "1", "--pass-ms", "200", "--consumers", "1"
    };
    private static final Duration BROKER_OUTAGE = Duration.ofSeconds(20);
    private static final Duration REFUSAL = Duration.ofSeconds(15);
    private static final Duration LONGER_THAN_LOCK = Duration.ofSeconds(40);

    @TempDir
    static Path folder;

    private static Scene scene;

    /** Where photos are when their worker is killed: what holds them there, and how that is seen. */
    enum KillPoint {
        FETCH(""),
        DECODE("--decode-threads 1"),
        MICROBATCH("--linger-ms 10000 --batch 64"),
        COLORIZE("--pass-ms 6000 --batch 2"),
        ENCODE("--encode-threads 1"),
        DELIVER(""),
        RESULT("");

        private final String flags;

        KillPoint(String flags) {
            this.flags = flags;
        }

        String[] flags() {
            return flags.isEmpty() ? new String[0] : flags.split(" ", -1);
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        List<ColorizeRequest> upload(String job) {
            return this == DECODE || this == ENCODE
                    ? scene.upload(job, LARGE_PHOTOS, Photos.large())
                    : scene.upload(job, PHOTOS, Photos.small());
        }

        void arrange() {
            if (this == FETCH) {
                scene.faultyStore().impose(call -> isGrayPhoto(call) ? new Fault.Stall() : new Fault.Pass());
            } else if (this == DELIVER) {
                scene.faultyStore().impose(call -> isColorPhoto(call) ? new Fault.Stall() : new Fault.Pass());
            } else if (this == RESULT) {
                AtomicBoolean stopped = new AtomicBoolean();
                scene.faultyStore().impose(call -> {
                    if (isColorPhoto(call) && stopped.compareAndSet(false, true)) {
                        scene.signalKafka("STOP");
                        return new Fault.Slow(Duration.ZERO);
                    }
                    return new Fault.Pass();
                });
            }
        }

        boolean isReached(WorkerProcess worker, String job) {
            return switch (this) {
                case FETCH, DELIVER -> scene.faultyStore().hits() > 0;
                case DECODE, MICROBATCH, ENCODE ->
                    worker.meter("colorstream_stage_queue{stage=\"" + wireName() + "\"}") > 0;
                case COLORIZE -> worker.meter("colorstream_batch_size_count") > 0;
                case RESULT ->
                    scene.store().list(Buckets.COLORIZED, job + "/").findAny().isPresent();
            };
        }

        void clear() {
            if (this == RESULT) {
                scene.signalKafka("CONT");
            }
            scene.faultyStore().mend();
        }
    }

    @BeforeAll
    static void start() {
        scene = Promises.scene(folder);
    }

    @AfterEach
    void mend() {
        scene.signalKafka("CONT");
        scene.faultyStore().mend();
        scene.endWorkers();
    }

    @AfterAll
    static void end() {
        scene.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLoseNothingWhenWorkerIsKilledInStage(KillPoint point) {
        String job = "killed-in-" + point.wireName();
        List<ColorizeRequest> requests = point.upload(job);
        try (Witness witness = scene.witness(job)) {
            point.arrange();
            witness.send(requests, ExpectedEnd.COLORED);
            WorkerProcess doomed = scene.startWorker("doomed-" + point.wireName(), point.flags());
            await().atMost(Promises.LIMIT).until(() -> point.isReached(doomed, job));

            doomed.child().kill();
            point.clear();
            witness.look();
            assertThat(witness.guarantees().open())
                    .as("killed in the midst of them")
                    .isPositive();
            scene.startWorker("survivor-" + point.wireName());

            Promises.awaitKept(witness);
        }
    }

    @Test
    void shouldGoOnWhenKafkaWasGoneForTwentySeconds() {
        List<ColorizeRequest> requests = scene.upload("broker", MANY_PHOTOS, Photos.small());
        scene.startWorker("worker", SLOWLY);
        try (Witness witness = scene.witness("broker")) {
            witness.send(requests, ExpectedEnd.COLORED);
            awaitSome(witness, requests.size());

            scene.killKafka();
            await().pollDelay(BROKER_OUTAGE).atMost(Promises.LIMIT).until(() -> true);
            scene.restartKafka();

            Promises.awaitKept(witness);
        }
    }

    @Test
    void shouldHoldRequestsWhileTheirResultsAreRefused() {
        List<ColorizeRequest> requests = scene.upload("refused", PHOTOS, Photos.small());
        try (Witness witness = scene.witness("refused")) {
            scene.configure(Topics.RESULTS, "max.message.bytes", "100");
            scene.startWorker("refused");
            witness.send(requests, ExpectedEnd.COLORED);

            Promises.lookFor(witness, REFUSAL);
            assertThat(witness.guarantees().open()).isEqualTo(PHOTOS);
            scene.configure(Topics.RESULTS, "max.message.bytes", "");

            Promises.awaitKept(witness);
        }
    }

    @Test
    void shouldEndInOrderUnderLoadAndLeaveTheRestToOthers() {
        List<ColorizeRequest> requests = scene.upload("ended", MANY_PHOTOS, Photos.small());
        try (Witness witness = scene.witness("ended")) {
            witness.send(requests, ExpectedEnd.COLORED);
            WorkerProcess ending = scene.startWorker("ending", SLOWLY);
            awaitSome(witness, requests.size());

            ending.signal("TERM");
            assertThat(ending.child().exit()).succeedsWithin(Duration.ofSeconds(30));
            witness.look();
            assertThat(witness.guarantees().open())
                    .as("ended in the midst of them")
                    .isPositive();
            scene.startWorker("successor");

            Promises.awaitKept(witness);
            assertThat(witness.guarantees().repeated())
                    .as("nothing was left half done")
                    .isZero();
        }
    }

    @Test
    void shouldKeepPromisesWhenWorkerStandsStillLongerThanTheLock() {
        List<ColorizeRequest> requests = scene.upload("frozen", MANY_PHOTOS / 2, Photos.small());
        ColorizeRequest later = scene.upload("frozen", "later", Photos.small());
        try (Witness witness = scene.witness("frozen")) {
            witness.send(requests, ExpectedEnd.COLORED);
            WorkerProcess frozen = scene.startWorker("frozen", SLOWLY);
            awaitSome(witness, requests.size());

            frozen.signal("STOP");
            WorkerProcess other = scene.startWorker("other");
            Promises.lookFor(witness, LONGER_THAN_LOCK);
            Promises.awaitKept(witness);
            frozen.signal("CONT");
            other.child().kill();

            witness.send(List.of(later), ExpectedEnd.COLORED);
            Promises.awaitKept(witness);
        }
    }

    @Test
    void shouldKeepPromisesWithWorkersOfTwoVersions() {
        List<ColorizeRequest> requests = scene.upload("versions", MANY_PHOTOS, Photos.small());
        try (Witness witness = scene.witness("versions")) {
            WorkerProcess doomed = scene.startWorker("without-network", SLOWLY);
            scene.startWorkerWithNetwork("with-network");
            witness.send(requests, ExpectedEnd.COLORED);
            awaitSome(witness, requests.size());

            doomed.child().kill();

            Promises.awaitKept(witness);
        }
    }

    @Test
    void shouldColorWhatWasSentBeforeTheFirstWorkerAndPhotosThatComeAfterTheirKeys() {
        List<ColorizeRequest> early = scene.upload("early", PHOTOS, Photos.small());
        ColorizeRequest hasty = Scene.request("early", "hasty");
        try (Witness witness = scene.witness("early")) {
            witness.send(early, ExpectedEnd.COLORED);
            scene.startWorker("first");
            witness.send(List.of(hasty), ExpectedEnd.COLORED);
            scene.store().put(hasty.source(), Photos.small(), "image/jpeg", Map.of());

            Promises.awaitKept(witness);
        }
    }

    @Test
    void shouldEndRecordThatKillsEveryWorkerAndAllOthers() {
        List<ColorizeRequest> good = scene.upload("beside", PHOTOS, Photos.small());
        ColorizeRequest poison = scene.upload("beside", "poison", Photos.small());
        try (Witness witness = scene.witness("beside")) {
            AtomicReference<WorkerProcess> worker = new AtomicReference<>(scene.startWorker("mortal-0"));
            // Who touches the photo dies of it, as of a fault in native code.
            scene.faultyStore().impose(call -> {
                if (isGrayPhoto(call) && call.path().endsWith(poison.source().key())) {
                    Objects.requireNonNull(worker.get()).child().kill();
                    return new Fault.Cut();
                }
                return new Fault.Pass();
            });
            witness.send(good.subList(0, PHOTOS / 2), ExpectedEnd.COLORED);
            witness.send(List.of(poison), ExpectedEnd.FAILED);
            witness.send(good.subList(PHOTOS / 2, PHOTOS), ExpectedEnd.COLORED);

            AtomicInteger lives = new AtomicInteger(1);
            await().atMost(Promises.LIMIT.multipliedBy(2)).until(() -> {
                if (!Objects.requireNonNull(worker.get()).child().isAlive()) {
                    worker.set(scene.startWorker("mortal-" + lives.getAndIncrement()));
                }
                witness.look();
                return witness.guarantees().allEnded();
            });

            Promises.awaitKept(witness);
            assertThat(lives.get() - 1).as("workers that it ended").isBetween(3, 5);
        }
    }

    private static void awaitSome(Witness witness, int all) {
        await().atMost(Promises.LIMIT).until(() -> {
            witness.look();
            return witness.guarantees().open() < all;
        });
        assertThat(witness.guarantees().open()).as("some are open").isPositive();
    }

    private static boolean isGrayPhoto(Call call) {
        return call.method().equals("GET") && call.path().startsWith("/" + Buckets.UPLOADS + "/");
    }

    private static boolean isColorPhoto(Call call) {
        return call.method().equals("PUT") && call.path().startsWith("/" + Buckets.COLORIZED + "/");
    }
}
