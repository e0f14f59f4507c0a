package dev.colorstream.qa.benchmarks;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.job.JobPageJson;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.job.JobStateJson;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.contract.result.ResultJson;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.JvmCommand;
import dev.colorstream.local.launcher.Machine;
import dev.colorstream.local.launcher.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Has the dashboard read many results that it has not seen - some told twice, some of photos that failed and were asked for
 * again - and asks it questions meanwhile and behind that. Its state must be right to the last count.
 */
final class StateBenchmark {
    private static final int JOBS = 20;
    private static final int READINGS = 200;
    private static final String STATE_FOLDER = "state";
    private static final int FAILED_OF = 10;
    private static final int REPLAYED_OF = 20;
    private static final int TOLD_TWICE_OF = 7;
    private static final long SEED = 7;
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration STATE_LIMIT = Duration.ofMinutes(5);

    private final Path root;
    private final int photos;
    private final Instant begin = Clock.systemUTC().instant();
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param root the repository, built
     * @param photos a multiple of 400, so that all jobs have the same share of all kinds
     */
    StateBenchmark(Path root, int photos) {
        this.root = root.toAbsolutePath().normalize();
        this.photos = photos;
    }

    String table(LineUnderLoad line, Path folder) throws Exception {
        int results = tell(line);
        Table table =
                new Table("| start | seconds until every count is right | questions meanwhile: median, 99 %, slowest "
                        + "| questions behind that: median, 99 %, slowest | RSS |");
        for (String start : List.of("first", "again", "its state lost")) {
            if (start.equals("its state lost")) {
                delete(folder.resolve(STATE_FOLDER));
            }
            List<Double> meanwhile = new ArrayList<>();
            List<Double> behind = new ArrayList<>();
            long begun = System.nanoTime();
            try (ChildJvm dashboard = dashboard(line, folder)) {
                while (!isRight(ask(dashboard, "/api/jobs", meanwhile))) {
                    if (System.nanoTime() - begun > STATE_LIMIT.toNanos()) {
                        throw new IllegalStateException("the counts are wrong, see " + folder);
                    }
                    askAll(dashboard, meanwhile);
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                for (int i = 0; i < READINGS; i++) {
                    askAll(dashboard, behind);
                }
                table.row(
                        "| %s | %.1f | %s | %s | %d MiB |",
                        start,
                        seconds,
                        quantiles(meanwhile),
                        quantiles(behind),
                        LineUnderLoad.residentMebibytes(dashboard.pid()));
            }
        }
        return table
                + String.format(
                        Locale.ROOT,
                        "%n%d photos in %d jobs, %d results; times in milliseconds.%n",
                        photos,
                        JOBS,
                        results);
    }

    /** Tells Kafka of all; gives the number of results. */
    private int tell(LineUnderLoad line) {
        RequestWriter writer = new RequestWriter("/benchmarks");
        List<Integer> order = new ArrayList<>(IntStream.range(0, photos).boxed().toList());
        Collections.shuffle(order, new Random(SEED));
        List<ColorizeResult> results = new ArrayList<>();
        order.forEach(photo -> results.add(first(photo)));
        order.stream()
                .filter(photo -> photo % TOLD_TWICE_OF == 0)
                .map(this::first)
                .forEach(results::add);
        order.stream().filter(StateBenchmark::isReplayed).map(this::colored).forEach(results::add);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", line.environment().getOrDefault("COLORSTREAM_KAFKA", ""), "linger.ms", 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int job = 0; job < JOBS; job++) {
                list(job).forEach(message -> sent.add(producer.send(message)));
            }
            for (int photo = 0; photo < photos; photo++) {
                sent.add(producer.send(writer.write(Topics.REQUESTS, request(photo))));
            }
            results.forEach(result -> sent.add(producer.send(ResultJson.write(Topics.RESULTS, result))));
            sent.forEach(StateBenchmark::await);
        }
        return results.size();
    }

    private static void await(Future<RecordMetadata> one) {
        try {
            one.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("Kafka did not take a record", e);
        }
    }

    private static boolean isFailed(int photo) {
        return photo % FAILED_OF == 0;
    }

    private static boolean isReplayed(int photo) {
        return photo % REPLAYED_OF == 0;
    }

    private int photosOfAJob() {
        return photos / JOBS;
    }

    private JobId job(int photo) {
        return new JobId("job-" + photo / photosOfAJob());
    }

    private RequestId id(int photo) {
        return RequestId.hashOf(job(photo).value(), Integer.toString(photo));
    }

    /** The records that list a job's photos. */
    private List<ProducerRecord<byte[], byte[]>> list(int job) {
        int first = job * photosOfAJob();
        JobId name = job(first);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(JobStateJson.write(
                Topics.JOBS, new JobState(name, JobState.Phase.SEALED, photosOfAJob(), 0, "", begin, Map.of())));
        for (int from = 0; from < photosOfAJob(); from += JobPage.MAX_PHOTOS) {
            int to = Math.min(from + JobPage.MAX_PHOTOS, photosOfAJob());
            List<JobPhoto> listed = IntStream.range(first + from, first + to)
                    .mapToObj(photo -> new JobPhoto(id(photo), "album/" + photo + ".jpg"))
                    .toList();
            records.add(JobPageJson.write(
                    Topics.JOBS, new JobPage(name, from / JobPage.MAX_PHOTOS, to == photosOfAJob(), listed, begin)));
        }
        return records;
    }

    private ColorizeRequest request(int photo) {
        return new ColorizeRequest(id(photo), Optional.of(job(photo)), source(photo), RequestOptions.NONE, begin);
    }

    private ObjectAddress source(int photo) {
        return new ObjectAddress(Buckets.UPLOADS, "jobs/" + job(photo) + "/album/" + photo + ".jpg");
    }

    private Colored colored(int photo) {
        return new Colored(
                id(photo),
                Optional.of(job(photo)),
                source(photo),
                new ColorObject(
                        new ObjectAddress(Buckets.COLORIZED, job(photo) + "/" + photo + ".jpg"),
                        "image/jpeg",
                        640,
                        480,
                        "0".repeat(64)),
                new ModelVersionId("v" + photo % 3),
                "worker-" + photo % 4,
                1,
                Map.of(Stage.FETCH, 10L + photo % 7, Stage.COLORIZE, 80L + photo % 50),
                begin.plusMillis(photo));
    }

    private Failed failed(int photo) {
        return new Failed(
                id(photo),
                Optional.of(job(photo)),
                Optional.of(source(photo)),
                FailureReason.NOT_A_PHOTO,
                "send a photo",
                Stage.DECODE,
                "worker-" + photo % 4,
                1,
                Map.of(Stage.FETCH, 10L),
                begin.plusMillis(photo));
    }

    private ColorizeResult first(int photo) {
        return isFailed(photo) ? failed(photo) : colored(photo);
    }

    private boolean isRight(JsonObject answer) {
        if (answer.has("error")) {
            return false;
        }
        int failed = photosOfAJob() / FAILED_OF - photosOfAJob() / REPLAYED_OF;
        List<JsonObject> jobs = answer.objects("jobs");
        return jobs.size() == JOBS
                && jobs.stream()
                        .allMatch(job -> job.integer("failed") == failed
                                && job.integer("colored") == photosOfAJob() - failed
                                && job.integer("waiting") == 0);
    }

    /** What the page asks while somebody looks at it. */
    private void askAll(ChildJvm dashboard, List<Double> milliseconds) throws IOException, InterruptedException {
        for (String path : List.of(
                "/api/jobs",
                "/api/jobs/job-3",
                "/api/results?job=job-3&status=colored&limit=48",
                "/api/results?job=job-3&status=failed&limit=48",
                "/api/models")) {
            ask(dashboard, path, milliseconds);
        }
    }

    private JsonObject ask(ChildJvm dashboard, String path, List<Double> milliseconds)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + dashboard.fact("http") + path);
        long begun = System.nanoTime();
        byte[] body = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
        milliseconds.add((System.nanoTime() - begun) / 1e6);
        return JsonObject.parse(body);
    }

    private ChildJvm dashboard(LineUnderLoad line, Path folder) {
        JvmCommand command = Service.DASHBOARD
                .command(
                        root,
                        Machine.here(),
                        List.of(
                                "--http-port",
                                "0",
                                "--state",
                                folder.resolve(STATE_FOLDER).toString()),
                        line.environment())
                .endingWithStandardInput();
        return ChildJvm.start(command, folder.resolve("dashboard.log"), START_LIMIT);
    }

    private static String quantiles(List<Double> milliseconds) {
        List<Double> sorted = milliseconds.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%.0f, %.0f, %.0f",
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 99 / 100),
                sorted.get(sorted.size() - 1));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
