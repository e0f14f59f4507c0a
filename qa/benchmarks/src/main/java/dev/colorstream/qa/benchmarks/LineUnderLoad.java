package dev.colorstream.qa.benchmarks;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.model.AnnouncementJson;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.ModelStatus;
import dev.colorstream.contract.model.ModelStatusJson;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.request.RequestReader;
import dev.colorstream.contract.request.RequestReading;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ResultJson;
import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.objectstore.FetchOutcome;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka and a real S3 that hold photos, ready for workers to be measured on them. */
final class LineUnderLoad implements AutoCloseable {
    private static final EmbeddedS3.Credentials CREDENTIALS =
            new EmbeddedS3.Credentials("benchmark", "benchmark-secret");
    private static final Duration RESULTS_LIMIT = Duration.ofMinutes(5);
    private static final int UPLOAD_THREADS = 8;
    private static final long MOST_BYTES = 1L << 26;

    private final EmbeddedKafka kafka;
    private final EmbeddedS3 s3;
    private String storeEndpoint;
    private Optional<DistantStore> distant = Optional.empty();
    private final List<ObjectAddress> photos;
    private final RequestWriter writer = new RequestWriter("/benchmarks");
    private int rounds;

    /**
     * What a round of requests took.
     *
     * @param photos how many
     * @param seconds from the first request to the last result
     * @param failed how many were not colored
     * @param millisecondsByStage mean over the photos
     * @param arrivals when each result came, in seconds from the first request on, ascending
     */
    record Round(
            int photos, double seconds, int failed, Map<Stage, Double> millisecondsByStage, List<Double> arrivals) {
        private static final double WINDOW = 2;

        /** Photos a second in the slowest two seconds between the first result and the last; the mean in a shorter round. */
        double slowestRate() {
            double last = arrivals.get(arrivals.size() - 1);
            return arrivals.stream()
                    .filter(from -> from + WINDOW <= last)
                    .mapToDouble(from -> arrivals.stream()
                                    .filter(at -> at > from && at <= from + WINDOW)
                                    .count()
                            / WINDOW)
                    .min()
                    .orElseGet(this::rate);
        }

        double rate() {
            return photos / seconds;
        }
    }

    /**
     * How one express photo fared behind a bulk job.
     *
     * @param resultsBefore of the job, told by the worker between its request and its own result
     * @param milliseconds from its request to its result
     */
    record Overtaking(long resultsBefore, long milliseconds) {}

    /**
     * Starts Kafka and S3 in a folder and stores the photos.
     *
     * @param files photos' names and bytes
     * @param partitions of the topics that grow with the load
     */
    LineUnderLoad(Path folder, Map<String, byte[]> files, int partitions) throws InterruptedException {
        this.kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        this.s3 = EmbeddedS3.start(folder.resolve("s3"), 0, CREDENTIALS);
        this.storeEndpoint = s3.endpoint();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            TopicProvisioner provisioner = new TopicProvisioner(admin);
            provisioner.create(Topics.all(partitions), TopicProvisioner.BROKER_DEFAULT_REPLICATION);
            provisioner.missingWithin(Duration.ofSeconds(30), Topics.all(partitions));
        }
        this.photos = store(files);
    }

    /** From now on each call to the store takes that much longer, for workers started from now on as well. */
    void moveStoreAway(Duration thereAndBack) throws IOException {
        DistantStore away = new DistantStore(s3.endpoint(), thereAndBack);
        distant = Optional.of(away);
        storeEndpoint = away.endpoint();
    }

    /**
     * Stores files beside the photos, which no round asks for unless told so.
     *
     * @param files names and bytes
     */
    List<ObjectAddress> store(Map<String, byte[]> files) throws InterruptedException {
        List<ObjectAddress> addresses = new ArrayList<>();
        ExecutorService uploads = Executors.newFixedThreadPool(UPLOAD_THREADS);
        try (ObjectStore store = new MinioObjectStore(connection())) {
            store.ensureBucket(Buckets.UPLOADS);
            store.ensureBucket(Buckets.COLORIZED);
            List<Runnable> puts = new ArrayList<>();
            files.forEach((name, bytes) -> {
                ObjectAddress address = new ObjectAddress(Buckets.UPLOADS, "benchmark/" + name);
                addresses.add(address);
                puts.add(() -> store.put(address, bytes, "image/jpeg", Map.of()));
            });
            uploads.invokeAll(puts.stream().map(Executors::callable).toList());
        } finally {
            uploads.shutdown();
        }
        return addresses;
    }

    /**
     * Gets and puts so many photos, as a worker does, and nothing else.
     *
     * @param callsAtOnce how many are got or put at once
     * @return photos a second
     */
    double storeRate(int count, int callsAtOnce) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(callsAtOnce);
        try (ObjectStore store = new MinioObjectStore(connection())) {
            List<Callable<Object>> work = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ObjectAddress from = photos.get(i % photos.size());
                ObjectAddress to = new ObjectAddress(Buckets.COLORIZED, "bare/" + from.key());
                work.add(Executors.callable(() -> {
                    if (!(store.fetch(from, MOST_BYTES) instanceof FetchOutcome.Found found)) {
                        throw new IllegalStateException(from + " is gone");
                    }
                    store.put(to, found.bytes(), "image/jpeg", Map.of());
                }));
            }
            long start = System.nanoTime();
            for (Future<Object> done : threads.invokeAll(work)) {
                done.get();
            }
            return count / ((System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the object store failed: " + e.getCause(), e);
        } finally {
            threads.shutdown();
        }
    }

    /** The ids of the job's requests that are on the topic by now, as often as they are there. */
    List<String> requests(JobId job) {
        List<String> ids = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.REQUESTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (new RequestReader().read(record) instanceof RequestReading.Requests read) {
                        read.requests().stream()
                                .filter(request -> request.job().equals(Optional.of(job)))
                                .forEach(request -> ids.add(request.id().value()));
                    }
                }
            }
        }
        return ids;
    }

    private ObjectStoreConnection connection() {
        return new ObjectStoreConnection(storeEndpoint, CREDENTIALS.accessKey(), CREDENTIALS.secretKey(), "us-east-1");
    }

    /** What a worker needs in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "COLORSTREAM_KAFKA", kafka.bootstrap(),
                "COLORSTREAM_S3_ENDPOINT", storeEndpoint,
                "COLORSTREAM_S3_ACCESS_KEY", CREDENTIALS.accessKey(),
                "COLORSTREAM_S3_SECRET_KEY", CREDENTIALS.secretKey());
    }

    /** Requests so many photos at once, beginning anew with the first where there are fewer, and awaits all results. */
    Round run(int count) throws InterruptedException, ExecutionException {
        return run(count, List.of());
    }

    /**
     * Requests so many photos at once, and others evenly among them, and awaits all results.
     *
     * @param others not counted among the photos of the round; at most as many as these
     */
    Round run(int count, List<ObjectAddress> others) throws InterruptedException, ExecutionException {
        JobId job = new JobId("round-" + ++rounds);
        Set<RequestId> open = new HashSet<>();
        Map<Stage, Double> sums = new EnumMap<>(Stage.class);
        List<Double> arrivals = new ArrayList<>();
        int failed = 0;
        try (KafkaConsumer<byte[], byte[]> results = fromNow(Topics.RESULTS);
                KafkaProducer<byte[], byte[]> requests = producer()) {
            long start = System.nanoTime();
            open.addAll(request(requests, job, mixed(count, others)));
            while (!open.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : results.poll(Duration.ofMillis(100))) {
                    ColorizeResult result = ResultJson.read(record.value());
                    if (open.remove(result.requestId())) {
                        arrivals.add((System.nanoTime() - start) / 1e9);
                        result.milliseconds().forEach((stage, ms) -> sums.merge(stage, (double) ms, Double::sum));
                        failed += result instanceof ColorizeResult.Failed ? 1 : 0;
                    }
                }
                if (System.nanoTime() - start > RESULTS_LIMIT.toNanos()) {
                    throw new IllegalStateException(open.size() + " of " + count + " results are missing");
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            sums.replaceAll((stage, sum) -> sum / arrivals.size());
            return new Round(count, seconds, failed, sums, arrivals);
        }
    }

    private List<ObjectAddress> mixed(int count, List<ObjectAddress> others) {
        List<ObjectAddress> mixed = new ArrayList<>(count + others.size());
        for (int i = 0; i < count; i++) {
            mixed.add(photos.get(i % photos.size()));
            mixed.addAll(
                    others.subList((int) ((long) i * others.size() / count), (int) ((i + 1L) * others.size() / count)));
        }
        return mixed;
    }

    /** Requests a bulk job, awaits some of its results, then requests one express photo and awaits its result. */
    Overtaking overtake(int count, int resultsFirst) throws InterruptedException, ExecutionException {
        JobId job = new JobId("round-" + ++rounds);
        RequestId express = RequestId.hashOf(job.value(), "express");
        try (KafkaConsumer<byte[], byte[]> results = fromNow(Topics.RESULTS);
                KafkaProducer<byte[], byte[]> requests = producer()) {
            Set<RequestId> open = request(requests, job, mixed(count, List.of()));
            Map<RequestId, Instant> ended = new HashMap<>();
            awaitEnds(results, open, count - resultsFirst, ended);
            Instant asked = Clock.systemUTC().instant();
            open.add(express);
            requests.send(photoRequest(Topics.EXPRESS_REQUESTS, express, job, photos.get(0)))
                    .get();
            awaitEnds(results, open, 0, ended);
            Instant answered = Objects.requireNonNull(ended.get(express));
            long between = ended.values().stream()
                    .filter(end -> end.isAfter(asked) && end.isBefore(answered))
                    .count();
            return new Overtaking(between, Duration.between(asked, answered).toMillis());
        }
    }

    private static void awaitEnds(
            KafkaConsumer<byte[], byte[]> results, Set<RequestId> open, int left, Map<RequestId, Instant> ended) {
        long start = System.nanoTime();
        while (open.size() > left) {
            if (System.nanoTime() - start > RESULTS_LIMIT.toNanos()) {
                throw new IllegalStateException(open.size() - left + " results did not come");
            }
            for (ConsumerRecord<byte[], byte[]> record : results.poll(Duration.ofMillis(100))) {
                ColorizeResult result = ResultJson.read(record.value());
                open.remove(result.requestId());
                ended.put(result.requestId(), result.completedAt());
            }
        }
    }

    private Set<RequestId> request(KafkaProducer<byte[], byte[]> requests, JobId job, List<ObjectAddress> sources)
            throws InterruptedException, ExecutionException {
        Set<RequestId> ids = new HashSet<>();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ObjectAddress source : sources) {
            RequestId id = RequestId.hashOf(job.value(), Integer.toString(ids.size()));
            ids.add(id);
            sent.add(requests.send(photoRequest(Topics.REQUESTS, id, job, source)));
        }
        for (Future<RecordMetadata> record : sent) {
            record.get();
        }
        return ids;
    }

    private ProducerRecord<byte[], byte[]> photoRequest(String topic, RequestId id, JobId job, ObjectAddress source) {
        return writer.write(
                topic,
                new ColorizeRequest(
                        id,
                        Optional.of(job),
                        source,
                        RequestOptions.NONE,
                        Clock.systemUTC().instant()));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Brings a version into the registry. */
    void publish(ModelVersionFolder version) {
        try (ObjectStore store = new MinioObjectStore(connection())) {
            new ModelRegistry(store, Buckets.MODELS).publish(version);
        }
    }

    /** Announces what the channel stable serves from now on. */
    void announce(ModelVersionId version) throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> announcer = producer()) {
            announcer
                    .send(AnnouncementJson.write(
                            Topics.MODELS,
                            ModelAnnouncement.first(
                                    Channel.STABLE,
                                    version,
                                    1,
                                    Clock.systemUTC().instant(),
                                    "benchmark")))
                    .get();
        }
    }

    /** Announces a version and waits until the worker serves it. */
    void swapTo(ModelVersionId version) throws InterruptedException, ExecutionException {
        try (KafkaConsumer<byte[], byte[]> statuses = fromNow(Topics.MODEL_STATUS)) {
            announce(version);
            long start = System.nanoTime();
            while (System.nanoTime() - start < RESULTS_LIMIT.toNanos()) {
                for (ConsumerRecord<byte[], byte[]> record : statuses.poll(Duration.ofMillis(100))) {
                    ModelStatus status = ModelStatusJson.read(record.value());
                    if (status instanceof ModelStatus.Serving
                            && status.version().equals(version)) {
                        return;
                    }
                }
            }
            throw new IllegalStateException("version " + version + " is not served");
        }
    }

    private KafkaConsumer<byte[], byte[]> fromNow(String topic) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    /** CPU time so far of the worker, Kafka, S3 and this process, which is the client. */
    List<Double> cpuMilliseconds(long worker) {
        return Stream.of(worker, kafka.pid(), s3.pid(), ProcessHandle.current().pid())
                .map(LineUnderLoad::cpuMillisecondsOf)
                .toList();
    }

    /** CPU milliseconds of the servers so far. */
    record ServersCpu(double kafka, double store) {}

    ServersCpu serversCpu() {
        return new ServersCpu(cpuMillisecondsOf(kafka.pid()), cpuMillisecondsOf(s3.pid()));
    }

    private static double cpuMillisecondsOf(long pid) {
        return ProcessHandle.of(pid)
                        .orElseThrow()
                        .info()
                        .totalCpuDuration()
                        .orElseThrow()
                        .toNanos()
                / 1e6;
    }

    /** Resident memory of a process in MiB. */
    static long residentMebibytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        if (distant.isPresent()) {
            distant.orElseThrow().close();
        }
        kafka.close();
        s3.close();
    }
}
