package dev.colorstream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.dashboard.Dashboard.Surroundings;
import dev.colorstream.dashboard.page.Binding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ApiDescription API = new ApiDescription();

    @TempDir
    static Path directory = Path.of("");

    private static @Nullable Installation started;
    private static @Nullable Dashboard dashboard;

    @BeforeAll
    static void start() throws Exception {
        Installation installation = new Installation(directory);
        started = installation;
        dashboard = new Dashboard(
                new Surroundings(
                        Map.of("bootstrap.servers", installation.bootstrap()),
                        installation.connection(),
                        directory.resolve("state"),
                        Duration.ofDays(30),
                        new Binding("127.0.0.1", 0, Optional.empty(), Optional.empty(), false)),
                Clock.systemUTC());
        await().atMost(PATIENCE).until(() -> get("/readyz").statusCode() == 200);
    }

    @AfterAll
    static void end() throws Exception {
        if (dashboard != null) {
            dashboard.close();
        }
        if (started != null) {
            started.close();
        }
    }

    @Test
    void shouldColorAPhotoThatWasDroppedOnThePage() throws Exception {
        String job = open();
        List<JsonObject> taken =
                upload(job, "cat & dog.png", Installation.grayPhoto()).objects("photos");
        String request = taken.get(0).text("request");
        seal(job, taken);

        await().atMost(PATIENCE).until(() -> count(job, "colored") == 1);
        await().atMost(PATIENCE).until(() -> json("/api/jobs/" + job).flag("done"));

        assertThat(json("/api/jobs/" + job).integer("colored")).isEqualTo(1);
        JsonObject photo = json("/api/results?job=" + job).objects("photos").get(0);
        assertThat(photo.text("title")).isEqualTo("cat & dog.png");
        assertThat(photo.text("modelVersion")).isEqualTo("blue-1");
        HttpResponse<byte[]> color = get("/api/photos/color?request=" + request);
        assertThat(color.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(color.headers().firstValueAsLong("Content-Length")).hasValue(color.body().length);
        assertThat(color.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("sandbox");
        assertThat(get("/api/photos/gray?request=" + request).body()).isEqualTo(Installation.grayPhoto());
    }

    @Test
    void shouldTellWhyAPhotoFailedAndSendItAgain() throws Exception {
        String job = open();
        String request = upload(job, "notes.txt", "no photo".getBytes(StandardCharsets.UTF_8))
                .objects("photos")
                .get(0)
                .text("request");
        await().atMost(PATIENCE).until(() -> count(job, "failed") == 1);

        JsonObject photo =
                json("/api/results?status=failed&job=" + job).objects("photos").get(0);
        assertThat(photo.text("reason")).isEqualTo("not-a-photo");
        assertThat(photo.flag("replayable")).isTrue();
        String changed = photo.text("changedAt");

        assertThat(post("/api/replay?request=" + request, new byte[0]).statusCode())
                .isEqualTo(200);

        await().atMost(PATIENCE)
                .until(() -> json("/api/results?status=failed&job=" + job).objects("photos").stream()
                        .anyMatch(again -> !again.text("changedAt").equals(changed)));
        await().atMost(PATIENCE).until(() -> count(job, "failed") == 1);
    }

    @Test
    void shouldMakeAStudyAskPeopleAndTellWhatTheySaid() throws Exception {
        installation().album("study-album/", 20);
        post(
                "/api/studies",
                "{\"bucket\": \"uploads\", \"prefix\": \"study-album/\"}".getBytes(StandardCharsets.UTF_8));
        await().atMost(PATIENCE)
                .until(() -> json("/api/studies").objects("studies").size() == 1);
        JsonObject study = json("/api/studies").objects("studies").get(0);
        String base = "/api/studies/" + study.text("id");
        assertThat(study.text("version")).isEqualTo("blue-1");
        assertThat(study.objects("modes").get(0).integer("participants")).isZero();

        JsonObject joined = JsonObject.parse(post(base + "/participants?mode=plausible&colorVision=normal", new byte[0])
                .body());
        List<JsonObject> trials = joined.objects("trials");
        assertThat(trials).hasSize(20);
        String answers = base + "/answers?milliseconds=800&choice=1&participant=" + joined.text("participant");
        assertThat(post(answers + "&trial=5", new byte[0]).statusCode()).isEqualTo(409);
        for (int trial = 0; trial < trials.size(); trial++) {
            String image = trials.get(trial)
                    .optionalParsedTexts("images", name -> name)
                    .get(0);
            HttpResponse<byte[]> shown = get(base + "/images/" + image);
            assertThat(shown.headers().firstValue("Content-Type")).contains("image/jpeg");
            BufferedImage pixels = ImageIO.read(new ByteArrayInputStream(shown.body()));
            assertThat(List.of(pixels.getWidth(), pixels.getHeight())).containsExactly(800, 600);
            assertThat(post(answers + "&trial=" + trial, new byte[0]).statusCode())
                    .isEqualTo(200);
        }

        JsonObject plausible = json(base + "/results").objects("modes").get(0);
        for (String kind : List.of("colorized", "real")) {
            assertThat(plausible.object(kind).integer("trials")).isEqualTo(10);
            assertThat(plausible.object(kind).integer("hits")).isEqualTo(10);
            assertThat(plausible.object(kind).number("low")).isCloseTo(0.722, within(0.001));
        }
        assertThat(new String(get(base + "/answers.csv").body(), StandardCharsets.UTF_8).lines())
                .hasSize(21)
                .filteredOn(line -> line.contains(",plausible,normal,") && line.contains(",colorized,1,true,800"))
                .hasSize(10);
    }

    @Test
    void shouldSayWhyAStudyCannotBeMade() throws Exception {
        installation().album("few/", 3);

        post("/api/studies", "{\"bucket\": \"uploads\", \"prefix\": \"few/\"}".getBytes(StandardCharsets.UTF_8));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(json("/api/studies").objects("making"))
                        .anySatisfy(making -> assertThat(making.text("told"))
                                .contains("s3://uploads/few/ has 4 objects", "3 of them", "20 are needed")));
    }

    @Test
    void shouldTakeThePhotosOfAnArchive() throws Exception {
        String job = open();

        assertThat(upload(job, "album.zip", archiveOf("album/one.png", "album/two.png", "__MACOSX/one.png"))
                        .objects("photos"))
                .hasSize(2);

        await().atMost(PATIENCE).until(() -> count(job, "colored") == 2);
    }

    @Test
    void shouldTellPhotosOfTheSameNameApartByTheirFolderAndArchive() throws Exception {
        String job = open();
        List<JsonObject> taken = new ArrayList<>();
        for (String archive : List.of("first.zip", "second.zip", "second.zip")) {
            taken.addAll(upload(job, archive, archiveOf("2001/IMG_1.png", "../2002/IMG_1.png"))
                    .objects("photos"));
        }

        JsonObject sealed = seal(job, taken);

        assertThat(taken)
                .extracting(photo -> photo.text("name"))
                .startsWith("first/2001/IMG_1.png", "first/2002/IMG_1.png", "second/2001/IMG_1.png");
        assertThat(sealed.integer("photos")).isEqualTo(4);
        await().atMost(PATIENCE).until(() -> json("/api/jobs/" + job).flag("done"));
        assertThat(count(job, "colored")).isEqualTo(4);
    }

    @Test
    void shouldTakeOneArchiveAtATimeAndPhotosMeanwhile() throws Exception {
        String job = open();
        PipedOutputStream rest = new PipedOutputStream();
        PipedInputStream body = new PipedInputStream(rest, 1 << 20);
        CompletableFuture<HttpResponse<byte[]>> first = HTTP.sendAsync(
                change(uploadPath(job, "first.zip"), BodyPublishers.ofInputStream(() -> body)),
                BodyHandlers.ofByteArray());
        // More than connections buffer: behind that the server reads it.
        rest.write(new byte[32 << 20]);

        CompletableFuture<HttpResponse<byte[]>> second = HTTP.sendAsync(
                change(uploadPath(job, "second.zip"), BodyPublishers.ofByteArray(archiveOf("two.png"))),
                BodyHandlers.ofByteArray());
        upload(job, "meanwhile.png", Installation.grayPhoto());
        await().atMost(PATIENCE).until(() -> count(job, "colored") == 1);

        assertThat(second).isNotDone();
        rest.close();
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(second.get().statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> count(job, "colored") == 2);
    }

    @Test
    void shouldTellOfAnArchiveThatIsNone() throws Exception {
        JsonObject receipt = upload(open(), "album.zip", new byte[] {1, 2, 3});

        assertThat(receipt.objects("photos")).isEmpty();
        assertThat(receipt.objects("refused").get(0).text("reason")).contains("no zip archive");
    }

    @Test
    void shouldTellOfProgressAsItHappens() throws Exception {
        String job = open();
        upload(job, "a.png", Installation.grayPhoto());

        HttpResponse<Stream<String>> events = HTTP.send(
                HttpRequest.newBuilder(uri("/api/events?job=" + job))
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofLines());
        try (Stream<String> lines = events.body()) {
            assertThat(lines.anyMatch(line -> line.startsWith("data:") && line.contains("\"colored\":1")))
                    .isTrue();
        }
    }

    @Test
    void shouldRefuseChangesWithoutThePagesMark() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(uri("/api/jobs"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void shouldLetNoScriptRunButItsOwn() throws Exception {
        assertThat(get("/").headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("default-src 'none'", "script-src 'self';")
                .doesNotContain("unsafe");
    }

    @Test
    void shouldServeItsLibrariesItself() throws Exception {
        for (String path : List.of(
                "/assets/page.css",
                "/assets/home.js",
                "/assets/icon.svg",
                "/libraries/uplot/1.6.30/dist/uPlot.iife.min.js",
                "/libraries/uplot/1.6.30/dist/uPlot.min.css")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void shouldTreatNamesInPathsAsText() throws Exception {
        String page = new String(get("/jobs/%3Cscript%3Ex").body(), StandardCharsets.UTF_8);

        assertThat(page).contains("&lt;script&gt;x").doesNotContain("<script>x");
    }

    @Test
    void shouldSayWhatIsWrongWithAQuestion() throws Exception {
        assertThat(json("/api/results").text("error")).contains("'job' is missing");
        assertThat(get("/api/results?job=x&status=lost").statusCode()).isEqualTo(400);
        assertThat(get("/api/jobs/no-such-job").statusCode()).isEqualTo(404);
        assertThat(get("/api/photos/color?request=nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldDescribeEveryPathOfTheApi() throws Exception {
        JsonObject paths = json("/api/openapi.json").object("paths");

        for (String path : List.of(
                "/api/jobs",
                "/api/jobs/{id}",
                "/api/jobs/{id}/seal",
                "/api/models",
                "/api/versions",
                "/api/results",
                "/api/upload",
                "/api/replay",
                "/api/studies",
                "/api/studies/{id}",
                "/api/studies/{id}/participants",
                "/api/studies/{id}/answers",
                "/api/studies/{id}/images/{image}",
                "/api/studies/{id}/results",
                "/api/studies/{id}/answers.csv",
                "/api/collections/{name}",
                "/api/photos/gray",
                "/api/photos/color",
                "/api/events")) {
            assertThat(paths.has(path)).as(path).isTrue();
        }
    }

    @Test
    void shouldTellTheBacklogThoughNoWorkerEverCame() throws Exception {
        upload(open(), "waits.png", Installation.grayPhoto());

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(backlog("colorize.requests.express")).isGreaterThanOrEqualTo(1));
        assertThat(backlog("colorize.requests")).isGreaterThanOrEqualTo(0);
    }

    private static double backlog(String topic) throws IOException, InterruptedException {
        String metrics = new String(get("/metrics").body(), StandardCharsets.UTF_8);
        Matcher line = Pattern.compile("colorstream_backlog\\{topic=\"" + Pattern.quote(topic) + "\"} (\\S+)")
                .matcher(metrics);
        assertThat(line.find()).as(metrics).isTrue();
        return Double.parseDouble(line.group(1));
    }

    private static String open() throws IOException, InterruptedException {
        return JsonObject.parse(post("/api/jobs", new byte[0]).body()).text("id");
    }

    private static JsonObject upload(String job, String name, byte[] bytes) throws IOException, InterruptedException {
        return JsonObject.parse(post(uploadPath(job, name), bytes).body());
    }

    private static String uploadPath(String job, String name) {
        return "/api/upload?lane=express&job=" + job + "&name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static byte[] archiveOf(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(Installation.grayPhoto());
            }
        }
        return bytes.toByteArray();
    }

    private static JsonObject seal(String job, List<JsonObject> photos) throws IOException, InterruptedException {
        ObjectNode list = JsonObject.create();
        ArrayNode array = list.putArray("photos");
        photos.forEach(photo -> array.add(photo.copy()));
        return JsonObject.parse(
                post("/api/jobs/" + job + "/seal", JsonObject.write(list)).body());
    }

    /** 0 for a job of which the state has not heard yet. */
    private static long count(String job, String field) throws IOException, InterruptedException {
        JsonObject told = json("/api/jobs/" + job);
        return told.has("error") ? 0 : told.integer(field);
    }

    private static Installation installation() {
        return Objects.requireNonNull(started);
    }

    private static JsonObject json(String path) throws IOException, InterruptedException {
        return JsonObject.parse(get(path).body());
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofByteArray());
        API.check("GET", answer);
        return answer;
    }

    private static HttpResponse<byte[]> post(String path, byte[] body) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                HTTP.send(change(path, BodyPublishers.ofByteArray(body)), BodyHandlers.ofByteArray());
        API.check("POST", answer);
        return answer;
    }

    private static HttpRequest change(String path, BodyPublisher body) throws IOException, InterruptedException {
        Matcher mark = Pattern.compile("name=\"mark\" content=\"([0-9a-f]+)\"")
                .matcher(new String(get("/").body(), StandardCharsets.UTF_8));
        assertThat(mark.find()).isTrue();
        return HttpRequest.newBuilder(uri(path))
                .header("X-Colorstream-Mark", mark.group(1))
                .POST(body)
                .build();
    }

    private static URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:" + Objects.requireNonNull(dashboard).port() + path);
    }
}
