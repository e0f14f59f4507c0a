package dev.colorstream.qa.benchmarks;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import dev.colorstream.local.launcher.Machine;
import dev.colorstream.local.launcher.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Option;

/** Measures the whole line, from request to result, beside the bare network at the same batch size. */
final class LineBenchmark {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    /** As many as a worker fetches and stores at once, unless told otherwise. */
    private static final int STORE_CALLS_AT_ONCE = 16;

    private static final int GOOD_FOR_ONE_BAD = 10;

    private final Path root;
    private final Path model;
    private final Load load;

    /** How much is sent, how often, and to what workers. */
    static final class Load {
        @Option(names = "--count", defaultValue = "1000", description = "Photos a round.")
        private int count;

        @Option(names = "--warm-up", defaultValue = "2000", description = "Photos before each round.")
        private int warmUp;

        @Option(
                names = "--rounds",
                defaultValue = "3",
                description = "Rounds, each in turn with what it is compared to.")
        private int rounds;

        @Option(names = "--batch", defaultValue = "8", description = "Photos of a full micro-batch.")
        private int batch;

        @Option(names = "--window", defaultValue = "32", description = "Records that a consumer holds at once.")
        private int window;

        @Option(names = "--consumers", split = ",", defaultValue = "1,2,3", description = "Values of K to compare.")
        private List<Integer> consumers = List.of();

        @Option(names = "--engine", defaultValue = "dl4j", description = "What runs the worker's network.")
        private String engine = "";

        @Option(
                names = "--soak",
                split = ",",
                defaultValue = "200,1000,5000,10000",
                description = "After how many photos the memory of one worker is read.")
        private List<Integer> soak = List.of();

        @Option(names = "--bulk-photos", defaultValue = "100000", description = "Photos of the bulk upload.")
        private int bulkPhotos;

        @Option(
                names = "--express-behind",
                defaultValue = "5000",
                description = "Photos of the bulk job that an express photo comes behind.")
        private int expressBehind;

        @Option(
                names = "--state-photos",
                defaultValue = "100000",
                description = "Photos whose results the dashboard reads; a multiple of 400.")
        private int statePhotos;

        @Option(
                names = "--store-distance",
                defaultValue = "50",
                description = "Milliseconds that a call to a distant store takes longer.")
        private int storeDistance;

        private int mostConsumers() {
            return consumers.get(consumers.size() - 1);
        }
    }

    /** @param root the repository, built */
    LineBenchmark(Path root, Path model, Load load) {
        this.root = root;
        this.model = model;
        this.load = load;
    }

    /** What is measured with the line, in a table. */
    interface Measurement {
        String table(LineUnderLoad line, Path folder) throws Exception;
    }

    /** The table that is measured with all photos of a folder in a new Kafka and S3. */
    static String onPhotosOf(Path photos, Measurement measurement) throws Exception {
        return onPhotosOf(photos, Topics.DEFAULT_PARTITIONS, measurement);
    }

    /** The same with so many partitions. */
    static String onPhotosOf(Path photos, int partitions, Measurement measurement) throws Exception {
        Path folder = Files.createTempDirectory("colorstream-line-");
        String table;
        try (LineUnderLoad line = new LineUnderLoad(folder, read(photos), partitions)) {
            table = measurement.table(line, folder);
        }
        // Gigabytes; what failed is kept with its logs.
        FileUtils.deleteDirectory(folder.toFile());
        return table;
    }

    private static Map<String, byte[]> read(Path photos) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(photos)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(photos.relativize(path).toString().replace('/', '-'), Files.readAllBytes(path));
            }
        }
        return files;
    }

    /** Each step adds something to the one before, so that what costs is seen between them. */
    String ladder(LineUnderLoad line, Path folder) throws Exception {
        Table table = new Table("| round | 01 get and put | 02 line without a network | 02/01 | 03 bare network "
                + "| 04 whole line | 04/03 |");
        int k = load.mostConsumers();
        for (int round = 1; round <= load.rounds; round++) {
            line.storeRate(load.warmUp, STORE_CALLS_AT_ONCE / 2);
            double store = line.storeRate(load.count, STORE_CALLS_AT_ONCE / 2);
            double empty = lineRate(line, folder, k, "none");
            double bare = bareRate(folder);
            double whole = lineRate(line, folder, k, "dl4j");
            table.row(
                    "| %d | %.1f/s | %.1f/s | %.2f | %.1f/s | %.1f/s | %.2f |",
                    round, store, empty, empty / store, bare, whole, whole / bare);
        }
        return table.toString();
    }

    /** The first two steps of the ladder with a store that waiting, not work, makes slow. */
    String distance(LineUnderLoad line, Path folder) throws Exception {
        line.moveStoreAway(Duration.ofMillis(load.storeDistance));
        Table table = new Table("| round | ms there and back | 01 get and put | 02 line without a network | 02/01 |");
        for (int round = 1; round <= load.rounds; round++) {
            double store = line.storeRate(load.count, STORE_CALLS_AT_ONCE);
            double empty = lineRate(line, folder, load.mostConsumers(), "none");
            table.row("| %d | %d | %.1f/s | %.1f/s | %.2f |", round, load.storeDistance, store, empty, empty / store);
        }
        return table.toString();
    }

    private double lineRate(LineUnderLoad line, Path folder, int k, String workersEngine) throws Exception {
        ChildJvm worker = worker(line, folder, k, workersEngine);
        try {
            line.run(load.warmUp);
            return line.run(load.count).rate();
        } finally {
            worker.close();
        }
    }

    /** Workers with each number of consumers, each beside the bare network. */
    String compare(LineUnderLoad line, Path folder) throws Exception {
        Table table = new Table("| round | bare network | K | whole line | of bare | failed | ms a photo in each stage "
                + "| CPU ms a photo: worker, Kafka, S3, client | RSS |");
        for (int round = 1; round <= load.rounds; round++) {
            for (int k : load.consumers) {
                double bare = bareRate(folder);
                try (ChildJvm worker = worker(line, folder, k, load.engine)) {
                    line.run(load.warmUp);
                    List<Double> before = line.cpuMilliseconds(worker.pid());
                    LineUnderLoad.Round measured = line.run(load.count);
                    List<Double> after = line.cpuMilliseconds(worker.pid());
                    table.row(
                            "| %d | %.1f/s | %d | %.1f/s | %.2f | %d | %s | %s | %d MiB |",
                            round,
                            bare,
                            k,
                            measured.rate(),
                            measured.rate() / bare,
                            measured.failed(),
                            stages(measured.millisecondsByStage()),
                            perPhoto(before, after),
                            LineUnderLoad.residentMebibytes(worker.pid()));
                }
            }
        }
        return table.toString();
    }

    private static String stages(Map<Stage, Double> milliseconds) {
        StringBuilder text = new StringBuilder();
        milliseconds.forEach((stage, ms) -> text.append(String.format(Locale.ROOT, "%s %.0f ", stage.wireName(), ms)));
        return text.toString().strip();
    }

    private String perPhoto(List<Double> before, List<Double> after) {
        return IntStream.range(0, before.size())
                .mapToObj(i -> String.format(Locale.ROOT, "%.1f", (after.get(i) - before.get(i)) / load.count))
                .collect(Collectors.joining(", "));
    }

    /** One worker's memory over time. */
    String soak(LineUnderLoad line, Path folder) throws Exception {
        Table table = new Table("| photos so far | RSS of the worker | rate since |");
        try (ChildJvm worker = worker(line, folder, load.mostConsumers(), load.engine)) {
            int done = 0;
            for (int next : load.soak) {
                LineUnderLoad.Round measured = line.run(next - done);
                done = next;
                table.row(
                        "| %d | %d MiB | %.1f/s |",
                        done, LineUnderLoad.residentMebibytes(worker.pid()), measured.rate());
            }
        }
        return table.toString();
    }

    /** Swaps of versions under load. */
    String swaps(LineUnderLoad line, Path folder) throws Exception {
        return new SwapBenchmark(model, load.count)
                .table(
                        line,
                        folder,
                        load.warmUp,
                        () -> worker(line, folder, load.mostConsumers(), load.engine, List.of()));
    }

    /** Rounds without and with a tenth of bad photos among the good ones, whose rate is told. */
    String spoiled(LineUnderLoad line, Path folder) throws Exception {
        List<ObjectAddress> bad = badPhotos(line, load.count / GOOD_FOR_ONE_BAD);
        Table table = new Table("| round | good photos alone | beside a tenth of bad ones | of that | failed |");
        ChildJvm worker = worker(line, folder, load.mostConsumers(), load.engine);
        try {
            line.run(load.warmUp);
            for (int round = 1; round <= load.rounds; round++) {
                double alone = line.run(load.count).rate();
                LineUnderLoad.Round beside = line.run(load.count, bad);
                table.row(
                        "| %d | %.1f/s | %.1f/s | %.2f | %d |",
                        round, alone, beside.rate(), beside.rate() / alone, beside.failed());
            }
        } finally {
            worker.close();
        }
        return table.toString();
    }

    /** An upload of many photos. */
    String bulk(LineUnderLoad line, Path folder, VariedPhotos varied) throws Exception {
        return new BulkUpload(root, load.bulkPhotos, load.rounds)
                .table(line, varied, () -> worker(line, folder, load.mostConsumers(), "none"));
    }

    /** One express photo behind a bulk job. */
    String express(LineUnderLoad line, Path folder) throws Exception {
        Table table = new Table("| round | job | results of the job before the express one's | micro-batches of "
                + load.batch + " | ms |");
        ChildJvm worker = worker(line, folder, load.mostConsumers(), load.engine);
        try {
            line.run(load.warmUp);
            for (int round = 1; round <= load.rounds; round++) {
                LineUnderLoad.Overtaking express = line.overtake(load.expressBehind, load.expressBehind / 10);
                table.row(
                        "| %d | %d | %d | %.1f | %d |",
                        round,
                        load.expressBehind,
                        express.resultsBefore(),
                        (double) express.resultsBefore() / load.batch,
                        express.milliseconds());
            }
        } finally {
            worker.close();
        }
        return table.toString();
    }

    /** Texts, empty files, photos that break off, and photos that are not there, in turn. */
    private static List<ObjectAddress> badPhotos(LineUnderLoad line, int count) throws InterruptedException {
        byte[] brokenOff = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0};
        List<byte[]> kinds = List.of("dear diary".getBytes(StandardCharsets.UTF_8), new byte[0], brokenOff);
        Map<String, byte[]> files = new TreeMap<>();
        List<ObjectAddress> missing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = i % (kinds.size() + 1);
            if (kind < kinds.size()) {
                files.put("bad-" + i + ".jpg", kinds.get(kind));
            } else {
                missing.add(new ObjectAddress(Buckets.UPLOADS, "benchmark/missing-" + i + ".jpg"));
            }
        }
        List<ObjectAddress> bad = new ArrayList<>(line.store(files));
        bad.addAll(missing);
        Collections.shuffle(bad, new Random(count));
        return bad;
    }

    /** The dashboard's state. */
    String state(LineUnderLoad line, Path folder) throws Exception {
        return new StateBenchmark(root, load.statePhotos).table(line, folder);
    }

    /** Several workers side by side. */
    String scaling(LineUnderLoad line, Path folder) throws Exception {
        return new ScalingBenchmark(root, model, load.rounds).table(line, folder);
    }

    private double bareRate(Path folder) {
        var arguments = List.of(model.toString(), Integer.toString(load.batch), Integer.toString(load.count));
        JvmCommand worker = Service.WORKER.command(root, Machine.here(), arguments, Map.of());
        var command = new JvmCommand(
                "bare network",
                BareNetwork.class.getName(),
                worker.classPath().plus(ClassPath.holding(BareNetwork.class)),
                worker.jvmFlags(),
                arguments,
                worker.environment());
        try (ChildJvm bare = ChildJvm.start(command, folder.resolve("bare.log"), START_LIMIT)) {
            return Double.parseDouble(bare.fact("rate"));
        }
    }

    private ChildJvm worker(LineUnderLoad line, Path folder, int k, String workersEngine) {
        return worker(line, folder, k, workersEngine, List.of("--model", model.toString()));
    }

    private ChildJvm worker(LineUnderLoad line, Path folder, int k, String workersEngine, List<String> models) {
        var arguments = new ArrayList<>(models);
        arguments.addAll(List.of(
                "--engine", workersEngine,
                "--batch", Integer.toString(load.batch),
                "--window", Integer.toString(load.window),
                "--consumers", Integer.toString(k),
                "--http-port", "0"));
        var command = Service.WORKER
                .command(root, Machine.here(), arguments, line.environment())
                .endingWithStandardInput();
        return ChildJvm.start(command, folder.resolve("worker-" + k + ".log"), START_LIMIT);
    }
}
