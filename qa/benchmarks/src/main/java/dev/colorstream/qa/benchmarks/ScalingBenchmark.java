package dev.colorstream.qa.benchmarks;

import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.launcher.Machine;
import dev.colorstream.local.launcher.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how the rate grows with the workers. They have no network: a pass takes a set time without work, so that the cores
 * are not what is measured.
 *
 * @param root the repository, built
 * @param model the folder of a model version, whose sizes the passes have
 */
record ScalingBenchmark(Path root, Path model, int rounds) {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final List<Integer> WORKERS = List.of(1, 2, 4);
    private static final int BATCH = 8;
    private static final int PASS_MILLISECONDS = 250;
    private static final int WARM_UP = 200;
    private static final int PHOTOS = 400;

    /** Rates of 1, 2 and 4 workers in turn, the first round's first. */
    String table(LineUnderLoad line, Path folder) throws Exception {
        Table table = new Table("| round | workers | photos/s | of what their passes allow | failed |");
        for (int round = 1; round <= rounds; round++) {
            for (int workers : WORKERS) {
                LineUnderLoad.Round measured = measure(line, folder, workers);
                double allowed = workers * BATCH * 1000.0 / PASS_MILLISECONDS;
                table.row(
                        "| %d | %d | %.1f | %.2f | %d |",
                        round, workers, measured.rate(), measured.rate() / allowed, measured.failed());
            }
        }
        return "Batches of " + BATCH + ", " + PASS_MILLISECONDS + " ms a pass, one pass at a time in a worker, "
                + PHOTOS + " photos for each worker, one partition.\n\n" + table;
    }

    private LineUnderLoad.Round measure(LineUnderLoad line, Path folder, int count) throws Exception {
        List<ChildJvm> workers = new ArrayList<>();
        try {
            for (int number = 1; number <= count; number++) {
                workers.add(worker(line, folder, number));
            }
            line.run(WARM_UP * count);
            return line.run(PHOTOS * count);
        } finally {
            workers.forEach(ChildJvm::close);
        }
    }

    private ChildJvm worker(LineUnderLoad line, Path folder, int number) {
        List<String> arguments = List.of(
                "--model",
                model.toString(),
                "--engine",
                "none",
                "--pass-ms",
                Integer.toString(PASS_MILLISECONDS),
                "--colorize-threads",
                "1",
                "--batch",
                Integer.toString(BATCH),
                "--http-port",
                "0",
                "--id",
                "worker-" + number);
        var command = Service.WORKER
                .command(root, Machine.here(), arguments, line.environment())
                .endingWithStandardInput();
        return ChildJvm.start(command, folder.resolve("scaled-worker-" + number + ".log"), START_LIMIT);
    }
}
