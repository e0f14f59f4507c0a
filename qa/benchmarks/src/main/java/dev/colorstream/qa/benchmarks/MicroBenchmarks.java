package dev.colorstream.qa.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The JMH benchmarks, run from here and told in tables. */
final class MicroBenchmarks {
    private static final double PIXELS_OF_A_MEGAPIXEL = 1e6;

    private MicroBenchmarks() {}

    /** Photos a second of each engine, for each batch, and the best of ours beside ONNX Runtime alone. */
    static String network(Path model) throws RunnerException {
        Map<Integer, Map<String, Double>> rates = new TreeMap<>();
        for (RunResult result : run(NetworkBenchmark.class, Map.of("model", model.toString()))) {
            int batch = Integer.parseInt(parameter(result, "batch"));
            rates.computeIfAbsent(batch, b -> new TreeMap<>())
                    .put(parameter(result, "engine"), 1000 * batch / milliseconds(result));
        }
        Table table =
                new Table("| batch | Deeplearning4j | ONNX Runtime | ONNX Runtime alone | best of ours / alone |");
        rates.forEach((batch, rate) -> {
            double dl4j = rate.getOrDefault("dl4j", 0.0);
            double onnx = rate.getOrDefault("onnxruntime", 0.0);
            double alone = rate.getOrDefault("bare-onnxruntime", 0.0);
            table.row(
                    "| %d | %.0f/s | %.0f/s | %.0f/s | %.2f |", batch, dl4j, onnx, alone, Math.max(dl4j, onnx) / alone);
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
