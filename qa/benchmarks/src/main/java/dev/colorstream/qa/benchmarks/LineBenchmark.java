package dev.colorstream.qa.benchmarks;

import dev.colorstream.contract.Stage;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import dev.colorstream.local.launcher.Machine;
import dev.colorstream.local.launcher.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the whole line, from request to result, beside the bare network at the same batch size. */
@Command(
        name = "line",
        description = "Photos through Kafka, S3 and a worker, beside the bare network; prints Markdown.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class LineBenchmark implements Callable<Integer> {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    @Parameters(paramLabel = "PHOTOS", description = "Folder of photos.")
    private Path photos = Path.of(".");

    @Option(names = "--root", defaultValue = ".", description = "The repository, built.")
    private Path root = Path.of(".");

    @Option(names = "--model", required = true, description = "Folder of the model version.")
    private Path model = Path.of(".");

    @Option(names = "--count", defaultValue = "1000", description = "Photos a round.")
    private int count;

    @Option(names = "--batch", defaultValue = "8", description = "Photos of a full micro-batch.")
    private int batch;

    @Option(names = "--window", defaultValue = "32", description = "Records that a consumer holds at once.")
    private int window;

    @Option(names = "--consumers", split = ",", defaultValue = "1,2,3", description = "Values of K to compare.")
    private List<Integer> consumers = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds with each K, in turn with the bare network.")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "2000", description = "Photos before each round.")
    private int warmUp;

    @Option(
            names = "--soak",
            split = ",",
            defaultValue = "200,1000,5000",
            description = "After how many photos the memory of one worker is read.")
    private List<Integer> soak = List.of();

    /** Runs the measurement. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LineBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("colorstream-line-");
        try (LineUnderLoad line = new LineUnderLoad(folder, read(photos))) {
            compare(line, folder);
            soak(line, folder);
        }
        return 0;
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

    private void compare(LineUnderLoad line, Path folder) throws Exception {
        System.out.println("| round | bare network | K | whole line | of bare | failed | ms a photo in each stage "
                + "| CPU ms a photo: worker, Kafka, S3, client | RSS |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (int round = 1; round <= rounds; round++) {
            for (int k : consumers) {
                double bare = bareRate(folder);
                try (ChildJvm worker = worker(line, folder, k)) {
                    line.run(warmUp);
                    List<Double> before = line.cpuMilliseconds(worker.pid());
                    LineUnderLoad.Round measured = line.run(count);
                    List<Double> after = line.cpuMilliseconds(worker.pid());
                    System.out.printf(
                            Locale.ROOT,
                            "| %d | %.1f/s | %d | %.1f/s | %.2f | %d | %s | %s | %d MiB |%n",
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
    }

    private static String stages(Map<Stage, Double> milliseconds) {
        StringBuilder text = new StringBuilder();
        milliseconds.forEach((stage, ms) -> text.append(String.format(Locale.ROOT, "%s %.0f ", stage.wireName(), ms)));
        return text.toString().strip();
    }

    private String perPhoto(List<Double> before, List<Double> after) {
        return IntStream.range(0, before.size())
                .mapToObj(i -> String.format(Locale.ROOT, "%.1f", (after.get(i) - before.get(i)) / count))
                .collect(Collectors.joining(", "));
    }

    private void soak(LineUnderLoad line, Path folder) throws Exception {
        System.out.println();
        System.out.println("| photos so far | RSS of the worker | rate since |");
        System.out.println("|---|---|---|");
        try (ChildJvm worker = worker(line, folder, consumers.get(consumers.size() - 1))) {
            int done = 0;
            for (int next : soak) {
                LineUnderLoad.Round measured = line.run(next - done);
                done = next;
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %d MiB | %.1f/s |%n",
                        done,
                        LineUnderLoad.residentMebibytes(worker.pid()),
                        measured.rate());
            }
        }
    }

    private double bareRate(Path folder) {
        var arguments = List.of(model.toString(), Integer.toString(batch), Integer.toString(count));
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

    private ChildJvm worker(LineUnderLoad line, Path folder, int k) {
        var arguments = List.of(
                "--model", model.toString(),
                "--batch", Integer.toString(batch),
                "--window", Integer.toString(window),
                "--consumers", Integer.toString(k),
                "--http-port", "0");
        var command = Service.WORKER
                .command(root, Machine.here(), arguments, line.environment())
                .endingWithStandardInput();
        return ChildJvm.start(command, folder.resolve("worker-" + k + ".log"), START_LIMIT);
    }
}
