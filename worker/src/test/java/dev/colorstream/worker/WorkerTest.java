package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.OutputFormat;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.contract.result.DeadLetter;
import dev.colorstream.contract.result.SourceTraits;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.worker.modelversion.Models;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker on a real Kafka, a real S3 and a real network. */
final class WorkerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String WORKER = "worker-1";

    @TempDir
    static Path directory;

    private static Installation installation;
    private static Worker worker;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start(directory, 2);
        installation.upload("early.jpg", Photos.jpeg(40, 30, 1));
        installation.sendText("early.jpg");
        worker = installation.startWorker(
                WORKER, "--missing-grace-ms", "1500", "--max-pixels", "1000000", "--pixel-budget", "100000");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void shouldColorPlainTextRecordThatWasThereBeforeAnyWorker() {
        Colored result = (Colored) resultOfSource("early.jpg");

        assertThat(result.object().width()).isEqualTo(40);
        assertThat(result.object().height()).isEqualTo(30);
        assertThat(result.modelVersion()).isEqualTo(Models.VERSION);
        assertThat(result.worker()).isEqualTo(WORKER);
        assertThat(result.attempt()).isEqualTo(1);
        assertThat(result.milliseconds())
                .containsKeys(Stage.FETCH, Stage.DECODE, Stage.MICROBATCH, Stage.COLORIZE, Stage.ENCODE, Stage.DELIVER);
    }

    @Test
    void shouldStoreColorPhotoWithWhatItsResultSays() {
        installation.upload("album/beach 1.jpg", Photos.jpeg(150, 100, 2));
        installation.request(new ColorizeRequest(
                new RequestId("beach"),
                Optional.of(new JobId("holiday")),
                new ObjectAddress(Buckets.UPLOADS, "album/beach 1.jpg"),
                RequestOptions.NONE,
                Instant.EPOCH));

        Colored result = (Colored) result("beach");

        assertThat(result.jobId()).contains(new JobId("holiday"));
        assertThat(result.object().address())
                .isEqualTo(new ObjectAddress(Buckets.COLORIZED, "holiday/beach/beach_1.jpg"));
        Found stored = (Found) installation.store().fetch(result.object().address(), 1 << 20);
        assertThat(stored.contentType())
                .isEqualTo("image/jpeg")
                .isEqualTo(result.object().contentType());
        assertThat(Hashes.sha256Hex(stored.bytes())).isEqualTo(result.object().sha256());
        assertThat(stored.metadata())
                .containsEntry("request-id", "beach")
                .containsEntry("model-version", Models.VERSION.value())
                .containsEntry("sha256", result.object().sha256());
        BufferedImage photo = Photos.read(stored.bytes());
        assertThat(photo.getWidth()).isEqualTo(150);
        assertThat(photo.getHeight()).isEqualTo(100);
        assertThat(photo.getColorModel().getNumColorComponents()).isEqualTo(3);
    }

    @Test
    void shouldKeepLosslessPhotoLossless() {
        installation.upload("scan.png", Photos.png(20, 20, 3));
        installation.request("scan", "scan.png", RequestOptions.NONE);

        Colored result = (Colored) result("scan");

        assertThat(result.object().contentType()).isEqualTo("image/png");
        assertThat(result.object().address().key()).endsWith("scan.png");
        assertThat(result.sourceTraits()).contains(new SourceTraits(false, 1));
        Found stored = (Found) installation.store().fetch(result.object().address(), 1 << 20);
        assertThat(new String(stored.bytes(), StandardCharsets.ISO_8859_1))
                .contains("colors predicted by model " + Models.VERSION);
    }

    @Test
    void shouldDoAsOptionsWish() {
        installation.upload("wish.jpg", Photos.jpeg(32, 32, 4));
        RequestOptions wishes = new RequestOptions(
                Optional.of(Models.VERSION),
                Optional.empty(),
                Optional.of(0.5),
                Optional.of(0.0),
                Optional.of(OutputFormat.PNG),
                Optional.empty(),
                Optional.of(2_000L));
        installation.request("wish", "wish.jpg", wishes);

        Colored result = (Colored) result("wish");

        assertThat(result.object().contentType()).isEqualTo("image/png");
        Found stored = (Found) installation.store().fetch(result.object().address(), 1 << 20);
        int pixel = Photos.read(stored.bytes()).getRGB(10, 10);
        assertThat(pixel >> 16 & 0xff).isEqualTo(pixel >> 8 & 0xff).isEqualTo(pixel & 0xff);
    }

    @Test
    void shouldColorExpressRequests() {
        installation.upload("urgent.jpg", Photos.jpeg(16, 16, 12));
        installation.requestExpress("urgent", "urgent.jpg");

        assertThat(result("urgent")).isInstanceOf(Colored.class);
    }

    @Test
    void shouldColorEachObjectOfS3Event() {
        installation.upload("inbox/a b.jpg", Photos.jpeg(24, 24, 5));
        installation.upload("inbox/c.jpg", Photos.jpeg(24, 24, 6));
        installation.sendText("""
                {"Records":[
                 {"eventName":"s3:ObjectCreated:Put","eventTime":"2026-01-01T00:00:00Z",
                  "s3":{"bucket":{"name":"uploads"},"object":{"key":"inbox%2Fa+b.jpg","eTag":"1","sequencer":"1"}}},
                 {"eventName":"s3:ObjectCreated:Put","eventTime":"2026-01-01T00:00:00Z",
                  "s3":{"bucket":{"name":"uploads"},"object":{"key":"inbox%2Fc.jpg","eTag":"2","sequencer":"2"}}}]}
                """);

        assertThat(resultOfSource("inbox/a b.jpg")).isInstanceOf(Colored.class);
        assertThat(resultOfSource("inbox/c.jpg")).isInstanceOf(Colored.class);
    }

    @Test
    void shouldTellThreeBadPhotosWithReasonsAndColorGoodOnesBesideThem() {
        byte[] whole = Photos.jpeg(64, 64, 7);
        installation.upload("bad/truncated.jpg", Arrays.copyOf(whole, whole.length / 2));
        installation.upload("bad/text.jpg", "no photo at all".getBytes(StandardCharsets.UTF_8));
        installation.upload("bad/empty.jpg", new byte[0]);
        installation.upload("good.jpg", whole);
        for (String name : List.of("bad/truncated.jpg", "good.jpg", "bad/text.jpg", "bad/empty.jpg")) {
            installation.request(name, name, RequestOptions.NONE);
        }

        assertFailed("bad/truncated.jpg", FailureReason.CORRUPT_PHOTO, Stage.DECODE);
        assertFailed("bad/text.jpg", FailureReason.NOT_A_PHOTO, Stage.DECODE);
        assertFailed("bad/empty.jpg", FailureReason.OBJECT_EMPTY, Stage.DECODE);
        assertThat(result("good.jpg")).isInstanceOf(Colored.class);
    }

    @Test
    void shouldRefuseWhatItMayNotOrCannotColor() {
        installation.upload("large.png", Photos.png(1_001, 1_000, 8));
        installation.upload("small.jpg", Photos.jpeg(30, 30, 9));
        installation.request("large", "large.png", RequestOptions.NONE);
        installation.request(
                "other-version", "small.jpg", wishing(Optional.of(new ModelVersionId("v99")), Optional.empty()));
        installation.request("wished-limit", "small.jpg", wishing(Optional.empty(), Optional.of(899L)));
        installation.request("missing", "not/there.jpg", RequestOptions.NONE);
        installation.request(new ColorizeRequest(
                new RequestId("secret"),
                Optional.empty(),
                new ObjectAddress(Buckets.MODELS, "network.zip"),
                RequestOptions.NONE,
                Instant.EPOCH));

        assertFailed("large", FailureReason.TOO_MANY_PIXELS, Stage.DECODE);
        assertFailed("other-version", FailureReason.UNKNOWN_MODEL_VERSION, Stage.CONSUMER);
        assertFailed("wished-limit", FailureReason.TOO_MANY_PIXELS, Stage.DECODE);
        assertFailed("missing", FailureReason.OBJECT_MISSING, Stage.FETCH);
        assertFailed("secret", FailureReason.BUCKET_NOT_ALLOWED, Stage.CONSUMER);
    }

    @Test
    void shouldWaitShortlyForPhotoThatComesAfterItsRequest() {
        installation.request("late", "late.jpg", RequestOptions.NONE);
        installation.upload("late.jpg", Photos.jpeg(20, 20, 10));

        assertThat(result("late")).isInstanceOf(Colored.class);
    }

    @Test
    void shouldTellUnreadableRecord() {
        installation.sendText("{\"requestId\": 7");

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(installation.results())
                        .anyMatch(r -> r instanceof Failed failed
                                && failed.reason() == FailureReason.UNREADABLE_REQUEST
                                && failed.source().isEmpty()));
    }

    @Test
    void shouldTellAMisspelledRequestUnderTheIdThatItNames() {
        installation.sendText(
                "{\"requestId\": \"misspelled\", \"source\": {\"bucket\": \"uploads\", \"key\": \"a.jpg\"},"
                        + " \"optoins\": {}}");

        assertThat(result("misspelled"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.detail()).contains("optoins"));
    }

    @Test
    void shouldColorPhotoLargerThanPixelBudgetAlone() {
        installation.upload("wide.jpg", Photos.jpeg(500, 400, 11));
        installation.request("wide", "wide.jpg", RequestOptions.NONE);
        for (int i = 0; i < 20; i++) {
            installation.upload("narrow/" + i + ".jpg", Photos.jpeg(60, 40, i));
            installation.request("narrow-" + i, "narrow/" + i + ".jpg", RequestOptions.NONE);
        }

        assertThat(result("wide")).isInstanceOf(Colored.class);
        for (int i = 0; i < 20; i++) {
            assertThat(result("narrow-" + i)).isInstanceOf(Colored.class);
        }
    }

    @Test
    void shouldTellOfItselfOverHttp() throws Exception {
        resultOfSource("early.jpg");

        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(get("/metrics").body())
                .contains("colorstream_stage_seconds_count{stage=\"colorize\"}")
                .contains("colorstream_batch_size")
                .contains("colorstream_stage_queue{stage=\"fetch\"}")
                .contains("colorstream_store_calls_seconds")
                .contains("colorstream_photos_failed_total{reason=\"poison\"} 0")
                .contains("colorstream_model{state=\"serving\",version=\"untrained\"} 1")
                .containsPattern("process_resident_memory_bytes [1-9]");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + worker.httpPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static RequestOptions wishing(Optional<ModelVersionId> version, Optional<Long> maxPixels) {
        return new RequestOptions(
                version,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                maxPixels);
    }

    private static void assertFailed(String request, FailureReason reason, Stage stage) {
        Failed failed = (Failed) result(request);
        assertThat(failed.reason()).isEqualTo(reason);
        assertThat(failed.stage()).isEqualTo(stage);
        assertThat(failed.detail()).isNotBlank();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(installation.deadLetters())
                        .filteredOn(letter -> letter.requestId().value().equals(request))
                        .singleElement()
                        .extracting(DeadLetter::reason)
                        .isEqualTo(reason));
    }

    private static ColorizeResult result(String request) {
        await().atMost(LIMIT).until(() -> installation.newestResults().containsKey(request));
        return Objects.requireNonNull(installation.newestResults().get(request));
    }

    private static ColorizeResult resultOfSource(String key) {
        await().atMost(LIMIT).until(() -> ofSource(key).isPresent());
        return ofSource(key).orElseThrow();
    }

    private static Optional<ColorizeResult> ofSource(String key) {
        return installation.results().stream()
                .filter(result -> result instanceof Colored colored
                        ? colored.source().key().equals(key)
                        : ((Failed) result)
                                .source()
                                .filter(s -> s.key().equals(key))
                                .isPresent())
                .findFirst();
    }
}
