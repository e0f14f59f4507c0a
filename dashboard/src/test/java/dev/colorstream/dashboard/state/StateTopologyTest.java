package dev.colorstream.dashboard.state;

import static dev.colorstream.dashboard.state.Told.JOB;
import static dev.colorstream.dashboard.state.Told.NOON;
import static dev.colorstream.dashboard.state.Told.colored;
import static dev.colorstream.dashboard.state.Told.failed;
import static dev.colorstream.dashboard.state.Told.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.job.JobPageJson;
import dev.colorstream.contract.job.JobState.Phase;
import dev.colorstream.contract.job.JobStateJson;
import dev.colorstream.contract.model.AnnouncementJson;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.ModelStatus;
import dev.colorstream.contract.model.ModelStatusJson;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ResultJson;
import dev.colorstream.contract.result.ResultRecord;
import dev.colorstream.contract.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTopologyTest {
    private static final Duration RETENTION = Duration.ofDays(30);

    @TempDir
    Path directory = Path.of("");

    private final RequestWriter requests = new RequestWriter("/test");
    private @Nullable TopologyTestDriver started;

    @BeforeEach
    void start() {
        Properties settings =
                StateService.settings(Map.of(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1"), directory);
        started = new TopologyTestDriver(StateTopology.of(RETENTION), settings, NOON);
    }

    @AfterEach
    void end() {
        driver().close();
    }

    @Test
    void shouldCountAPhotoAsWaitingAndThenAsColored() {
        tell(request("a"));
        assertThat(tally()).isEqualTo(new Tally(1, 0, Map.of()));

        tell(colored("a"));

        assertThat(tally()).isEqualTo(new Tally(0, 1, Map.of()));
        assertThat(photo("a").status()).isEqualTo(PhotoStatus.COLORED);
    }

    @Test
    void shouldCountAPhotoWhoseResultComesBeforeItsRequest() {
        tell(colored("a"));
        tell(request("a"));

        assertThat(tally()).isEqualTo(new Tally(0, 1, Map.of()));
        assertThat(photo("a").request()).contains(request("a"));
    }

    @Test
    void shouldCountRepeatedRequestsAndResultsOnce() {
        for (int i = 0; i < 3; i++) {
            tell(request("a"));
            tell(colored("a"));
        }

        assertThat(tally()).isEqualTo(new Tally(0, 1, Map.of()));
    }

    @Test
    void shouldMoveAReplayedPhotoFromFailedToColored() {
        tell(request("a"));
        tell(failed("a", FailureReason.OBJECT_MISSING));
        assertThat(tally()).isEqualTo(new Tally(0, 0, Map.of(FailureReason.OBJECT_MISSING, 1L)));

        tell(request("a"));
        tell(colored("a"));

        assertThat(tally()).isEqualTo(new Tally(0, 1, Map.of()));
        assertThat(ids(PhotoStatus.FAILED)).isEmpty();
        assertThat(ids(PhotoStatus.COLORED)).containsExactly("a");
    }

    @Test
    void shouldKeepFailuresOfEachReasonApart() {
        tell(failed("a", FailureReason.NOT_A_PHOTO));
        tell(failed("b", FailureReason.NOT_A_PHOTO));
        tell(failed("c", FailureReason.POISON));

        assertThat(tally().failed()).isEqualTo(Map.of(FailureReason.NOT_A_PHOTO, 2L, FailureReason.POISON, 1L));
    }

    @Test
    void shouldWaitAgainForAPhotoWhoseResultWasWithdrawn() {
        tell(request("a"));
        tell(failed("a", FailureReason.OBJECT_MISSING));
        ProducerRecord<byte[], byte[]> withdrawal = ResultRecord.withdrawal(Topics.RESULTS, new RequestId("a"));

        topic(Topics.RESULTS).pipeInput(new TestRecord<>(withdrawal.key(), withdrawal.value(), NOON));
        assertThat(tally()).isEqualTo(new Tally(1, 0, Map.of()));

        tell(colored("a"));
        assertThat(tally()).isEqualTo(new Tally(0, 1, Map.of()));
    }

    @Test
    void shouldCountPhotosWithoutAJobTogether() {
        topic(Topics.REQUESTS).pipeInput(new TestRecord<>(new byte[0], "inbox/cat.jpg".getBytes(UTF_8), NOON));

        JobView single = state().job(PhotoState.NO_JOB).orElseThrow();
        assertThat(single.tally()).isEqualTo(new Tally(1, 0, Map.of()));
        assertThat(state().photos(PhotoState.NO_JOB, PhotoStatus.WAITING, Optional.empty(), 10)
                        .photos())
                .singleElement()
                .satisfies(photo -> assertThat(photo.title()).isEqualTo("cat.jpg"));
    }

    @Test
    void shouldCountExpressRequestsLikeOthers() {
        pipe(requests.write(Topics.EXPRESS_REQUESTS, request("a")));

        assertThat(tally()).isEqualTo(new Tally(1, 0, Map.of()));
    }

    @Test
    void shouldPassOverWhatIsUnreadable() {
        for (String topic : List.of(Topics.REQUESTS, Topics.RESULTS, Topics.JOBS)) {
            topic(topic).pipeInput(new TestRecord<>("key".getBytes(UTF_8), "{ no JSON".getBytes(UTF_8), NOON));
        }
        topic(Topics.RESULTS).pipeInput(new TestRecord<>("a".getBytes(UTF_8), null, NOON));
        topic(Topics.MODELS).pipeInput(new TestRecord<>("stable".getBytes(UTF_8), "no JSON".getBytes(UTF_8), NOON));
        tell(request("a"));

        assertThat(tally().photos()).isEqualTo(1);
        assertThat(state().announcements()).isEmpty();
    }

    @Test
    void shouldPassOverWhatIsUnreadableInAnInnerTopic() {
        String inner = StateService.APPLICATION + "-by-photo-repartition";
        for (String value : List.of("{ no JSON", askedIn("1969-12-31T23:00:00Z"))) {
            topic(inner).pipeInput(new TestRecord<>("old".getBytes(UTF_8), value.getBytes(UTF_8), NOON));
        }

        tell(request("a"));

        assertThat(tally().photos()).isEqualTo(1);
    }

    @Test
    void shouldPassOverARequestOfAYearThatCannotBeWritten() {
        topic(Topics.REQUESTS)
                .pipeInput(new TestRecord<>(
                        new byte[0], requestIn("1970-01-01T00:00:00+01:00").getBytes(UTF_8), NOON));

        tell(request("a"));

        assertThat(tally().photos()).isEqualTo(1);
    }

    @Test
    void shouldGiveARecordWithoutATimeTheNewestOfItsPartitionOrNow() {
        ConsumerRecord<Object, Object> timeless = new ConsumerRecord<>(Topics.REQUESTS, 0, 0, "key", "value");
        Object extractor =
                StateService.settings(Map.of(), directory).get(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG);
        long before = Clock.systemUTC().millis();

        assertThat(extractor).isEqualTo(RecordTime.class);
        assertThat(timeless.timestamp()).isNegative();
        assertThat(new RecordTime().extract(timeless, 1_000)).isEqualTo(1_000);
        assertThat(new RecordTime().extract(timeless, -1))
                .isBetween(before, Clock.systemUTC().millis());
    }

    @Test
    void shouldShowAJobAsItsUploaderToldIt() {
        pipe(JobStateJson.write(Topics.JOBS, Told.job(Phase.OPEN, 0)));
        tell(request("a"));
        tell(colored("a"));
        assertThat(job().isDone()).isFalse();

        pipe(JobStateJson.write(Topics.JOBS, Told.job(Phase.SEALED, 2)));
        assertThat(job().expected()).isEqualTo(2);
        assertThat(job().isDone()).isFalse();

        tell(colored("b"));
        assertThat(job().isDone()).isTrue();
    }

    @Test
    void shouldNamePhotosAsTheirJobListsThem() {
        tell(colored("a"));
        pipe(JobPageJson.write(Topics.JOBS, Told.page("a", "b")));

        assertThat(photo("a").name()).contains("album/a.jpg");
        assertThat(tally()).isEqualTo(new Tally(1, 1, Map.of()));
    }

    @Test
    void shouldForgetAJobThatWasDeleted() {
        pipe(JobStateJson.write(Topics.JOBS, Told.job(Phase.SEALED, 2)));

        pipe(JobStateJson.delete(Topics.JOBS, JOB));

        assertThat(state().job(JOB.value())).isEmpty();
        assertThat(state().jobs()).isEmpty();
    }

    @Test
    void shouldLeaveADeletedJobDeletedThoughItsPhotosEndLater() {
        pipe(JobStateJson.write(Topics.JOBS, Told.job(Phase.OPEN, 0)));
        tell(request("a"));
        pipe(JobStateJson.delete(Topics.JOBS, JOB));

        tell(failed("a", FailureReason.OBJECT_MISSING));

        assertThat(state().jobs()).isEmpty();
    }

    @Test
    void shouldCountThePhotosOfADeletedJobThatIsUploadedAgain() {
        tell(request("a"));
        tell(colored("a"));
        tell(request("b"));
        pipe(JobStateJson.delete(Topics.JOBS, JOB));
        tell(failed("b", FailureReason.OBJECT_MISSING));

        pipe(JobStateJson.write(Topics.JOBS, Told.job(Phase.OPEN, 0)));
        tell(request("a"));
        tell(request("b"));
        tell(colored("b"));
        pipe(JobStateJson.write(Topics.JOBS, Told.job(Phase.SEALED, 2)));

        assertThat(tally()).isEqualTo(new Tally(0, 2, Map.of()));
        assertThat(job().isDone()).isTrue();
    }

    @Test
    void shouldListTheNewestPhotosFirstPageByPage() {
        for (int i = 0; i < 5; i++) {
            tell(colored("p" + i), NOON.plusSeconds(i));
        }

        PhotoPage first = state().photos(JOB.value(), PhotoStatus.COLORED, Optional.empty(), 3);
        PhotoPage second = state().photos(JOB.value(), PhotoStatus.COLORED, first.next(), 3);

        assertThat(first.photos()).extracting(photo -> photo.id().value()).containsExactly("p4", "p3", "p2");
        assertThat(second.photos()).extracting(photo -> photo.id().value()).containsExactly("p1", "p0");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void shouldForgetPhotosAndJobsAfterRetention() {
        tell(colored("a"));

        driver().advanceWallClockTime(RETENTION.plus(Duration.ofHours(1)));
        driver().advanceWallClockTime(Expiry.EVERY);

        assertThat(state().photo(new RequestId("a"))).isEmpty();
        assertThat(ids(PhotoStatus.COLORED)).isEmpty();
        assertThat(state().jobs()).isEmpty();
        assertThat(state().workers()).isEmpty();
    }

    @Test
    void shouldKeepPhotosWithinRetention() {
        tell(colored("a"));

        driver().advanceWallClockTime(RETENTION.minus(Duration.ofHours(1)));

        assertThat(photo("a").status()).isEqualTo(PhotoStatus.COLORED);
    }

    @Test
    void shouldGiveCountsAndQuantilesOfEachVersion() {
        for (int i = 1; i <= 100; i++) {
            tell(colored("old" + i, "v1", i));
        }
        tell(failed("bad", FailureReason.CORRUPT_PHOTO));
        tell(colored("new", "v2", 7));

        Map<String, Figures> figures = state().figures(Duration.ofMinutes(15));

        assertThat(figures).containsOnlyKeys("v1", "v2");
        Figures old = Objects.requireNonNull(figures.get("v1"));
        assertThat(old.colored()).isEqualTo(100);
        assertThat(old.failed()).isEqualTo(1);
        assertThat(old.failureShare()).isEqualTo(1 / 101.0);
        assertThat(old.stage(Stage.COLORIZE)).contains(new Figures.Quantiles(50, 95, 99));
        assertThat(old.stage(Stage.ENCODE)).isEmpty();
        assertThat(Objects.requireNonNull(figures.get("v2")).total()).isEqualTo(new Figures.Quantiles(17, 17, 17));
    }

    @Test
    void shouldTellTheLastMinuteFromTheLastQuarterOfAnHour() {
        tell(colored("too early"), NOON.minus(Duration.ofMinutes(15)));
        tell(colored("a"), NOON.minus(Duration.ofMinutes(14)));
        tell(colored("b"), NOON.minusSeconds(60));
        tell(colored("c"), NOON.minusMillis(1));
        tell(colored("d"), NOON);

        assertThat(coloredByOld(state().minute())).isEqualTo(2);
        assertThat(coloredByOld(state().figures(Duration.ofMinutes(15)))).isEqualTo(4);
        assertThat(state().history(Duration.ofMinutes(15)).get("v1"))
                .extracting(FigurePoint::from)
                .containsExactly(NOON.minus(Duration.ofMinutes(14)), NOON.minusSeconds(60), NOON);
    }

    @Test
    void shouldFeedFiguresAndRatesWithRepeatedResultsOnce() {
        for (int i = 0; i < 3; i++) {
            tell(colored("a", "v1", i));
        }
        tell(failed("b", FailureReason.OBJECT_MISSING));
        tell(colored("b"));

        Figures figures =
                Objects.requireNonNull(state().figures(Duration.ofMinutes(15)).get("v1"));
        assertThat(figures.colored()).isEqualTo(2);
        assertThat(figures.failed()).isEqualTo(1);
        assertThat(state().workers().get(0).perMinute().values()).containsExactly(3L);
    }

    @Test
    void shouldShowWhenAWorkerWasLastSeenAndHowFastItIs() {
        for (int i = 0; i < 30; i++) {
            tell(colored("p" + i));
        }

        WorkerView worker = state().workers().get(0);

        assertThat(worker.worker()).isEqualTo("worker-1");
        assertThat(worker.lastSeen()).isEqualTo(NOON);
        assertThat(worker.version()).contains(new ModelVersionId("v1"));
        assertThat(worker.rate(NOON.plusSeconds(59), 1)).isZero();
        assertThat(worker.rate(NOON.plusSeconds(60), 1)).isEqualTo(0.5);
        assertThat(worker.rate(NOON.plusSeconds(119), 1)).isEqualTo(0.5);
        assertThat(worker.rate(NOON.plusSeconds(120), 1)).isZero();
        assertThat(worker.rate(NOON.plus(Duration.ofMinutes(15)), 15)).isEqualTo(30 / 900.0);
    }

    @Test
    void shouldShowWhatChannelsAnnounceAndWorkersAnswer() {
        ModelAnnouncement stable =
                ModelAnnouncement.first(Channel.STABLE, new ModelVersionId("v1"), 1, NOON, "the first");
        ModelStatus serving = new ModelStatus.Serving("worker-1", new ModelVersionId("v1"), NOON);

        pipe(AnnouncementJson.write(Topics.MODELS, stable));
        pipe(ModelStatusJson.write(Topics.MODEL_STATUS, serving));

        assertThat(state().announcements()).containsExactly(stable);
        assertThat(state().statuses()).containsExactly(serving);
    }

    private static String askedIn(String time) {
        return "{\"asked\":" + requestIn(time) + "}";
    }

    private static String requestIn(String time) {
        return "{\"requestId\":\"old\",\"jobId\":\"" + JOB + "\",\"source\":{\"bucket\":\"b\",\"key\":\"k\"},"
                + "\"submittedAt\":\"" + time + "\"}";
    }

    private static long coloredByOld(Map<String, Figures> figures) {
        return Objects.requireNonNull(figures.get("v1")).colored();
    }

    private void tell(ColorizeRequest request) {
        pipe(requests.write(Topics.REQUESTS, request));
    }

    private void tell(ColorizeResult result) {
        tell(result, NOON);
    }

    private void tell(ColorizeResult result, Instant at) {
        ProducerRecord<byte[], byte[]> message = ResultJson.write(Topics.RESULTS, result);
        topic(Topics.RESULTS).pipeInput(new TestRecord<>(message.key(), message.value(), at));
    }

    private void pipe(ProducerRecord<byte[], byte[]> message) {
        topic(message.topic()).pipeInput(new TestRecord<>(message.key(), message.value(), message.headers(), NOON));
    }

    private TestInputTopic<byte[], byte[]> topic(String name) {
        return driver().createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Tally tally() {
        return job().tally();
    }

    private JobView job() {
        return state().job(JOB.value()).orElseThrow();
    }

    private PhotoState photo(String id) {
        return state().photo(new RequestId(id)).orElseThrow();
    }

    private List<String> ids(PhotoStatus status) {
        return state().photos(JOB.value(), status, Optional.empty(), 10).photos().stream()
                .map(photo -> photo.id().value())
                .toList();
    }

    private LiveState state() {
        return new LiveState(new DriverStores(driver()), Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private TopologyTestDriver driver() {
        return Objects.requireNonNull(started);
    }

    private record DriverStores(TopologyTestDriver driver) implements StateStores {
        @Override
        public <K, V> List<ReadOnlyKeyValueStore<K, V>> parts(String name) {
            return new ArrayList<>(List.of(this.<K, V>global(name)));
        }

        @Override
        public <K, V> ReadOnlyKeyValueStore<K, V> global(String name) {
            return driver.getKeyValueStore(name);
        }

        @Override
        public <K, V> List<ReadOnlyWindowStore<K, V>> windows(String name) {
            return List.of(driver.<K, V>getWindowStore(name));
        }
    }
}
