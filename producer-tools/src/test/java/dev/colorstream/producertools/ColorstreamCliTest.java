package dev.colorstream.producertools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.topic.Topic;
import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.producertools.Installation.Run;
import dev.colorstream.storage.objectstore.FetchOutcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a real Kafka and a real S3; the test itself answers requests, as any peer may. */
class ColorstreamCliTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path servers;

    @TempDir
    Path directory;

    private static Installation installation;

    @BeforeAll
    static void start() {
        installation = new Installation(servers);
        Run created = installation.run("topics", "create", "--partitions", "3", "--buckets");
        assertThat(created.err()).isEmpty();
        assertThat(created.exitCode()).isZero();
        assertThat(created.out()).contains("topics made: colorize.requests,");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void shouldMakeTopicsAndGroupAsTheContractSays() {
        try (Admin admin = installation.connection().admin()) {
            assertThat(new TopicProvisioner(admin).missing(Topics.all(3))).isEmpty();
        }
    }

    @Test
    void shouldTellWhatIsMissingAndMendTheGroup() throws Exception {
        Topic absent = new Topic("no.such.topic", 1, false, Map.of());
        Topic wider = new Topic(Topics.MODELS, 2, true, Map.of("cleanup.policy", "delete"));
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, Topics.WORKER_GROUP);
        try (Admin admin = installation.connection().admin()) {
            AlterConfigOp latest =
                    new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "latest"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(group, List.of(latest))).all().get();
            TopicProvisioner provisioner = new TopicProvisioner(admin);

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(provisioner.missing(List.of(absent)))
                            .containsExactly(
                                    "topic no.such.topic does not exist",
                                    "share group colorstream-workers has share.auto.offset.reset=latest"
                                            + " where earliest is needed"));
            assertThat(provisioner.missingTopics(List.of(wider)))
                    .containsExactly("topic colorize.models has 1 partitions where 2 is needed");

            assertThat(installation.run("topics", "create", "--partitions", "3").exitCode())
                    .isZero();
            assertThat(provisioner.missing(Topics.all(3))).isEmpty();
        }
    }

    @Test
    void shouldLeaveTopicsAloneThatAreThere() {
        Run again = installation.run("topics", "create", "--partitions", "5", "--buckets");

        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("none, all were there");
    }

    @Test
    void shouldStoreEveryPhotoAndAskForIt() throws IOException {
        write("album/a.jpg", "photo a");
        write("album/deep/b.png", "photo b");
        write("album/notes.txt", "no photo");
        zip("album/c.zip", Map.of("inner/c.jpg", "photo c"));

        Run run =
                installation.run("upload", path("album"), "--job", "store-1", "--saturation", "1.5", "--format", "png");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .contains("job store-1: 3 photos uploaded, 0 uploaded before, 0 refused, 1 other files skipped");
        List<ColorizeRequest> requests = installation.requests("store-1");
        assertThat(requests)
                .extracting(request -> request.source().key())
                .containsExactlyInAnyOrder(
                        "jobs/store-1/a.jpg", "jobs/store-1/deep/b.png", "jobs/store-1/c/inner/c.jpg");
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.options().saturation()).contains(1.5);
            assertThat(installation.store().stat(request.source())).isPresent();
        });
        assertThat(content("jobs/store-1/c/inner/c.jpg")).isEqualTo("photo c");
    }

    @Test
    void shouldAskOnlyForWhatIsNewWhenAnUploadIsRepeated() throws IOException {
        write("album/a.jpg", "photo a");
        write("album/b.jpg", "photo b");
        installation.run("upload", path("album"), "--job", "repeat-1");
        Run same = installation.run("upload", path("album"), "--job", "repeat-1");
        write("album/a.jpg", "another photo");
        write("album/c.jpg", "photo c");
        Run changed = installation.run("upload", path("album"), "--job", "repeat-1");

        assertThat(same.err()).contains("0 photos uploaded, 2 uploaded before").contains("nothing is new");
        assertThat(changed.err()).contains("2 photos uploaded, 1 uploaded before");
        assertThat(installation.requests("repeat-1"))
                .extracting(ColorstreamCliTest::name)
                .containsExactlyInAnyOrder("a.jpg", "b.jpg", "a.jpg", "c.jpg");
        assertThat(installation.run("jobs", "show", "repeat-1").out())
                .contains("repeat-1  sealed  3 photos")
                .contains("3 submitted = 0 colored + 0 failed + 3 pending");
    }

    @Test
    void shouldNameAnUnnamedJobByWhatItUploads() throws IOException {
        write("album/a.jpg", "photo a");

        String first = installation.run("upload", path("album")).out();
        String again = installation.run("upload", path("album")).out();
        String otherwise =
                installation.run("upload", path("album"), "--saturation", "2").out();

        assertThat(first).contains("colorstream await album-");
        assertThat(again).isEqualTo(first);
        assertThat(otherwise).isNotEqualTo(first);
    }

    @Test
    void shouldNotMixOptionsInAJob() throws IOException {
        write("a.jpg", "photo a");
        installation.run("upload", path("a.jpg"), "--job", "mixed-1");

        Run run = installation.run("upload", path("a.jpg"), "--job", "mixed-1", "--saturation", "2");

        assertThat(run.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(run.err()).contains("job mixed-1 began with other options");
    }

    @Test
    void shouldTellWhatItWouldSendAndSendNothing() throws IOException {
        write("album/a.jpg", "photo a");
        write("album/b.txt", "words");

        Run run = installation.run("upload", path("album"), "--job", "dry-1", "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("would upload 1 photos of 7 bytes; 0 were uploaded before");
        assertThat(installation.requests("dry-1")).isEmpty();
        assertThat(installation.run("jobs", "list").out()).doesNotContain("dry-1");
    }

    @Test
    void shouldUploadATarArchiveFromStandardInputAndGoExpress() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("a.jpg");
            entry.setSize(7);
            tar.putArchiveEntry(entry);
            tar.write("photo a".getBytes(UTF_8));
            tar.closeArchiveEntry();
        }

        Run run = Installation.run(
                installation.environment(),
                new ByteArrayInputStream(bytes.toByteArray()),
                "upload",
                "-",
                "--express",
                "--job",
                "stdin-1");

        assertThat(run.exitCode()).isZero();
        assertThat(content("jobs/stdin-1/a.jpg")).isEqualTo("photo a");
        assertThat(installation.requests(Topics.EXPRESS_REQUESTS, "stdin-1")).hasSize(1);
        assertThat(installation.requests("stdin-1")).isEmpty();
    }

    @Test
    void shouldAwaitWhatItUploadedAndBringTheColorPhotos() throws IOException {
        write("album/a.jpg", "photo a");
        write("album/deep/b.tif", "photo b");
        CompletableFuture<Run> upload = CompletableFuture.supplyAsync(() -> installation.run(
                "upload", path("album"), "--job", "await-1", "--await", "--table", "--out", path("colorized")));

        answer(
                "await-1",
                2,
                request -> installation.publish(installation.colored(request, "color of " + name(request))));

        Run run = upload.join();
        assertThat(run.exitCode()).isZero();
        assertThat(directory.resolve("colorized/a.jpg")).hasContent("color of a.jpg");
        assertThat(directory.resolve("colorized/deep/b.jpg")).hasContent("color of b.tif");
        assertThat(run.out().lines())
                .contains("photo       size     model version  ms", "a.jpg       640x480  v7             100");
        assertThat(run.out()).contains("2 submitted = 2 colored + 0 failed + 0 pending");
        try (Stream<Path> files = Files.walk(directory.resolve("colorized"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    @Test
    void shouldNameTheFailedPhotosWithTheirReasons() throws IOException {
        write("album/good.jpg", "photo");
        write("album/words.jpg", "words");
        write("album/empty.jpg", "");
        installation.run("upload", path("album"), "--job", "failed-1");
        answer(
                "failed-1",
                3,
                request -> installation.publish(
                        switch (name(request)) {
                            case "words.jpg" -> installation.failed(request, FailureReason.NOT_A_PHOTO);
                            case "empty.jpg" -> installation.failed(request, FailureReason.OBJECT_EMPTY);
                            default -> installation.colored(request, "color");
                        }));

        Run run = installation.run("await", "failed-1", "--out", path("out"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out())
                .contains("failed: words.jpg: not-a-photo: told by the peer")
                .contains("failed: empty.jpg: object-empty: told by the peer")
                .contains("3 submitted = 1 colored + 2 failed + 0 pending");
        assertThat(directory.resolve("out/good.jpg")).hasContent("color");
        assertThat(directory.resolve("out/words.jpg")).doesNotExist();
    }

    @Test
    void shouldCountDuplicatesOnceAndLetTheNewestResultHold() throws IOException {
        write("album/a.jpg", "photo a");
        write("album/b.jpg", "photo b");
        installation.run("upload", path("album"), "--job", "newest-1");
        answer("newest-1", 2, request -> {
            installation.publish(installation.colored(request, "color"));
            installation.publish(installation.colored(request, "color"));
            if (name(request).equals("a.jpg")) {
                installation.publish(installation.failed(request, FailureReason.POISON));
                installation.publish(installation.colored(request, "color after replay"));
            }
        });

        Run run = installation.run("await", "newest-1", "--out", path("out"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("2 submitted = 2 colored + 0 failed + 0 pending")
                .doesNotContain("poison");
        assertThat(directory.resolve("out/a.jpg")).hasContent("color after replay");
    }

    @Test
    void shouldPassOverResultsOfOthersAndRecordsThatAreNone() throws IOException {
        write("mine/a.jpg", "photo a");
        write("theirs/a.jpg", "photo a");
        installation.run("upload", path("theirs"), "--job", "theirs-1");
        installation.run("upload", path("mine"), "--job", "mine-1");
        answer("theirs-1", 1, request -> installation.publish(installation.failed(request, FailureReason.POISON)));

        Run run = installation.run("await", "mine-1", "--timeout", "2s");

        assertThat(run.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(run.out())
                .contains("no result yet: a.jpg")
                .contains("1 submitted = 0 colored + 0 failed + 1 pending");
    }

    @Test
    void shouldAwaitAJobOfSeveralPages() throws IOException {
        int photos = 1001;
        for (int i = 0; i < photos; i++) {
            write("many/" + i + ".jpg", "photo " + i);
        }
        assertThat(installation.run("upload", path("many"), "--job", "pages-1").exitCode())
                .isZero();
        answer("pages-1", photos, request -> installation.publish(installation.failed(request, FailureReason.POISON)));

        Run run = installation.run("await", "pages-1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out()).contains("1001 submitted = 0 colored + 1001 failed + 0 pending");
    }

    @Test
    void shouldNotBringAPhotoThatIsNotWhatItsResultSays() throws IOException {
        write("a.jpg", "photo a");
        installation.run("upload", path("a.jpg"), "--job", "tampered-1");
        answer("tampered-1", 1, request -> {
            var colored = installation.colored(request, "color");
            installation.colored(request, "something else");
            installation.publish(colored);
        });

        Run run = installation.run("await", "tampered-1", "--out", path("out"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out()).contains("not downloaded: a.jpg").contains("changed or damaged");
        assertThat(directory.resolve("out/a.jpg")).doesNotExist();
    }

    @Test
    void shouldSayThatAJobNeverBegan() {
        Run run = installation.run("await", "no-such-job", "--timeout", "500ms");

        assertThat(run.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(run.err()).contains("no job no-such-job");
        assertThat(installation.run("jobs", "show", "no-such-job").err()).contains("there is no job no-such-job");
    }

    @Test
    void shouldAwaitAJobThatBeginsLaterAndFillAnArchive() throws IOException {
        write("album/a.jpg", "photo a");
        write("album/deep/b.tif", "photo b");
        CompletableFuture<Run> waiting = CompletableFuture.supplyAsync(
                () -> installation.run("await", "later-1", "--json", "--out", path("color.zip")));

        installation.run("upload", path("album"), "--job", "later-1");
        answer("later-1", 2, request -> {
            installation.publish(installation.colored(request, "color of " + name(request)));
            installation.publish(installation.colored(request, "color of " + name(request)));
        });

        Run run = waiting.join();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .allMatch(line -> line.startsWith("{\"event\":"))
                .last()
                .asString()
                .contains("\"end\":\"complete\",\"submitted\":2,\"colored\":2,\"failed\":0,\"pending\":0");
        try (ZipFile zip = new ZipFile(path("color.zip"))) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactlyInAnyOrder("a.jpg", "deep/b.jpg");
            assertThat(new String(zip.getInputStream(zip.getEntry("deep/b.jpg")).readAllBytes(), UTF_8))
                    .isEqualTo("color of b.tif");
        }
    }

    @Test
    void shouldEndTheWaitingForACancelledJobAndDeleteItWithItsPhotos() throws IOException {
        write("album/a.jpg", "photo a");
        installation.run("upload", path("album"), "--job", "cancel-1");
        answer("cancel-1", 1, request -> installation.publish(installation.colored(request, "color")));
        assertThat(installation.run("jobs", "cancel", "cancel-1").out()).contains("cancel-1  cancelled  1 photos");

        assertThat(installation.run("await", "cancel-1").exitCode()).isEqualTo(ExitCode.CANCELLED);
        assertThat(installation
                        .run("upload", path("album"), "--job", "cancel-1")
                        .exitCode())
                .isEqualTo(ExitCode.CANCELLED);

        assertThat(installation.run("jobs", "delete", "cancel-1").out()).contains("deleted, with 2 objects");
        assertThat(installation.store().list(Buckets.UPLOADS, "jobs/cancel-1/")).isEmpty();
        assertThat(installation.run("jobs", "list").out()).doesNotContain("cancel-1");

        // A new job of the name knows nothing of the old one's photos and results.
        write("other/b.jpg", "photo b");
        assertThat(installation
                        .run("upload", path("album"), path("other"), "--job", "cancel-1")
                        .exitCode())
                .isZero();
        assertThat(installation.run("jobs", "show", "cancel-1").out())
                .contains("2 submitted = 0 colored + 0 failed + 2 pending");
    }

    @Test
    void shouldReplayFailedRequestsWithChangedOptions() throws IOException {
        write("album/a.jpg", "photo a");
        write("album/b.jpg", "photo b");
        installation.run("upload", path("album"), "--job", "replay-1", "--saturation", "1.5");
        answer("replay-1", 2, request -> installation.die(request, FailureReason.TOO_MANY_PIXELS));
        Run listed = installation.run("dead-letters", "list", "--job", "replay-1");
        assertThat(listed.out().lines()).hasSize(2).allMatch(line -> line.contains("too-many-pixels"));
        String id = installation.requests("replay-1").get(0).id().value();
        assertThat(installation.run("dead-letters", "show", id).out()).contains("job:      replay-1");
        installation.publish(
                installation.colored(installation.requests("replay-1").get(0), "colored since"));

        Run replayed = installation.run(
                "dead-letters", "replay", "--job", "replay-1", "--reason", "too-many-pixels", "--max-pixels", "999");

        assertThat(replayed.out()).contains("1 requests replayed, 1 have their colors by now");
        assertThat(installation.requests("replay-1"))
                .hasSize(3)
                .filteredOn(request -> request.options().maxPixels().isPresent())
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.options().saturation()).contains(1.5);
                    assertThat(request.options().maxPixels()).contains(999L);
                    assertThat(request.id().value()).isNotEqualTo(id);
                });
        assertThat(installation
                        .run("dead-letters", "replay", "--job", "replay-1", "--until", "2026-01-01T00:00:00Z")
                        .out())
                .contains("0 requests replayed");
    }

    @Test
    void shouldAwaitTheNewResultOfAReplayedRequestAndNotTheOldOne() throws IOException {
        write("album/a.jpg", "photo a");
        write("album/b.jpg", "photo b");
        installation.run("upload", path("album"), "--job", "replay-2");
        answer("replay-2", 2, request -> installation.die(request, FailureReason.CORRUPT_PHOTO));
        assertThat(installation.run("await", "replay-2").exitCode()).isEqualTo(ExitCode.SOME_FAILED);

        installation.run("dead-letters", "replay", "--job", "replay-2");

        Run tooEarly = installation.run("await", "replay-2", "--timeout", "1s");
        assertThat(tooEarly.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(tooEarly.out()).contains("2 submitted = 0 colored + 0 failed + 2 pending");
        answer("replay-2", 4, request -> installation.publish(installation.colored(request, "color after replay")));
        Run run = installation.run("await", "replay-2", "--out", path("out"));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("2 submitted = 2 colored + 0 failed + 0 pending");
        assertThat(directory.resolve("out/a.jpg")).hasContent("color after replay");
    }

    @Test
    void shouldReplayARequestThatWasTextUnderItsId() {
        RequestId id = RequestId.ofRecord(Topics.REQUESTS, 2, 41);
        installation.dieAsText("inbox/text.jpg", id, FailureReason.OBJECT_MISSING);

        Run replayed = installation.run("dead-letters", "replay", "--request", id.value());

        assertThat(replayed.out()).contains("1 requests replayed");
        assertThat(installation.requestsOf(Topics.REQUESTS))
                .filteredOn(request -> request.source().key().equals("inbox/text.jpg"))
                .extracting(ColorizeRequest::id)
                .containsExactly(id);
    }

    @Test
    void shouldSayThatThereIsNoPhoto() throws IOException {
        write("album/notes.txt", "no photo");

        Run run = installation.run("upload", path("album"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(run.err()).contains("no photo in");
    }

    @Test
    void shouldNameTheStoreThatRefusesItsKeys() throws IOException {
        write("a.jpg", "photo a");

        Map<String, String> environment = new HashMap<>(installation.environment());
        environment.put("COLORSTREAM_S3_SECRET_KEY", "wrong-secret");

        Run run = Installation.run(environment, "upload", path("a.jpg"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(run.err())
                .contains(installation.environment().get("COLORSTREAM_S3_ENDPOINT"))
                .contains("--s3")
                .doesNotContain("wrong-secret")
                .doesNotContain("\tat ");
    }

    private static void answer(String job, int photos, Consumer<ColorizeRequest> answer) {
        await().atMost(LIMIT).until(() -> installation.requests(job).size() >= photos);
        installation.requests(job).forEach(answer);
    }

    private static String name(ColorizeRequest request) {
        String key = request.source().key();
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private static String content(String key) {
        FetchOutcome outcome = installation.store().fetch(new ObjectAddress(Buckets.UPLOADS, key), 1 << 20);
        return new String(((FetchOutcome.Found) outcome).bytes(), UTF_8);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    private void zip(String name, Map<String, String> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(directory.resolve(name)))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(UTF_8));
            }
        }
    }
}
