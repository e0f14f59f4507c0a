package dev.colorstream.qa.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The JMH benchmarks, run from here and told in tables. */
final class MicroBenchmarks {
    private static final double PIXELS_OF_A_MEGAPIXEL = 1e6;
    private static final int ROUNDS = 5;

    private MicroBenchmarks() {}

    /**
     * Photos a second of each engine, for each batch, and the best of ours beside ONNX Runtime alone: the medians of some
     * rounds, since a shared machine's speed changes from minute to minute.
     */
    static String network(Path model) throws RunnerException {
        Map<Integer, Map<String, List<Double>>> rates = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (RunResult result : run(NetworkBenchmark.class, Map.of("model", model.toString()))) {
                int batch = Integer.parseInt(parameter(result, "batch"));
                rates.computeIfAbsent(batch, b -> new TreeMap<>())
                        .computeIfAbsent(parameter(result, "engine"), engine -> new ArrayList<>())
                        .add(1000 * batch / milliseconds(result));
            }
        }
        Table table = new Table(
                "| batch | Deeplearning4j | ONNX Runtime | ONNX Runtime alone | best of ours / alone | of single rounds |");
        rates.forEach((batch, engines) -> {
            List<Double> dl4j = engines.getOrDefault("dl4j", List.of());
            List<Double> onnx = engines.getOrDefault("onnxruntime", List.of());
            List<Double> alone = engines.getOrDefault("bare-onnxruntime", List.of());
            List<Double> ratios = IntStream.range(0, ROUNDS)
                    .mapToObj(round -> Math.max(dl4j.get(round), onnx.get(round)) / alone.get(round))
                    .sorted()
                    .toList();
            table.row(
                    "| %d | %.0f/s | %.0f/s | %.0f/s | %.2f | %.2f to %.2f |",
                    batch,
                    median(dl4j),
                    median(onnx),
                    median(alone),
                    median(ratios),
                    ratios.get(0),
                    ratios.get(ROUNDS - 1));
        });
        return table.toString();
    }

    /** Photos a second of a training step with our convolution layers and with Deeplearning4j's own. */
    static String training() throws RunnerException {
        Table table = new Table("| convolution layers | ms a step | photos/s |");
        for (RunResult result : run(TrainingBenchmark.class, Map.of())) {
            table.row(
                    "| %s | %.0f | %.0f |",
                    parameter(result, "layers"),
                    milliseconds(result),
                    1000 * Integer.parseInt(parameter(result, "batch")) / milliseconds(result));
        }
        return table.toString();
    }

    /** Milliseconds of each step on one photo, and for a megapixel. */
    static String photo(Path photo) throws RunnerException, IOException {
        BufferedImage image = Optional.ofNullable(ImageIO.read(photo.toFile()))
                .orElseThrow(() -> new IOException(photo + " is no photo"));
        double megapixels = image.getWidth() * image.getHeight() / PIXELS_OF_A_MEGAPIXEL;
        Table table = new Table("| step | ms | ms a megapixel |");
        for (RunResult result : run(PhotoBenchmark.class, Map.of("photo", photo.toString()))) {
            table.row("| %s | %.2f | %.1f |", name(result), milliseconds(result), milliseconds(result) / megapixels);
        }
        return table.toString();
    }

    /** Nanoseconds a pixel of each operation. */
    static String science() throws RunnerException {
        Table table = new Table("| operation | spread of a and b | ns a pixel |");
        for (RunResult result : run(ScienceBenchmark.class, Map.of())) {
            table.row(
                    "| %s | %s | %.1f |",
                    name(result),
                    parameter(result, "spread"),
                    result.getPrimaryResult().getScore());
        }
        return table.toString();
    }

    private static List<RunResult> run(Class<?> benchmark, Map<String, String> parameters) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\b" + benchmark.getSimpleName() + "\\b")
                .shouldFailOnError(true);
        parameters.forEach(options::param);
        return new ArrayList<>(new Runner(options.build()).run());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String name(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String parameter(RunResult result, String name) {
        return result.getParams().getParam(name);
    }

    private static double milliseconds(RunResult result) {
        return result.getPrimaryResult().getScore();
    }
}
