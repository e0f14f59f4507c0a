package dev.colorstream.qa.benchmarks;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.ModelVersionWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures what swaps of model versions cost a line under load: photos a second, and memory. */
final class SwapBenchmark {
    private static final int VERSIONS = 4;
    private static final int SWAPS_UNDER_LOAD = 4;
    private static final int FEW_SWAPS = 3;
    private static final int MANY_SWAPS = 30;
    private static final int PHOTOS_BETWEEN = 100;

    private final Path model;
    private final int count;

    /**
     * @param model a version, whose copies under other names are what is swapped
     * @param count photos of a round
     */
    SwapBenchmark(Path model, int count) {
        this.model = model;
        this.count = count;
    }

    /** Starts a worker that follows the channels. */
    interface WorkerStart {
        ChildJvm start() throws Exception;
    }

    /** Rates without and with swaps, then the memory after few and after many swaps. */
    String table(LineUnderLoad line, Path folder, int warmUp, WorkerStart start) throws Exception {
        List<ModelVersionId> versions = publish(line, folder);
        line.announce(versions.get(0));
        Table table = new Table("| what | photos/s | in the slowest 2 s | failed | RSS |");
        try (ChildJvm worker = start.start()) {
            line.run(warmUp);
            row(table, "no swap", line.run(count), worker);
            row(table, "three swaps and a rollback", swapUnderLoad(line, versions), worker);
            for (int swap = 1; swap <= MANY_SWAPS; swap++) {
                line.swapTo(versions.get(swap % VERSIONS));
                LineUnderLoad.Round round = line.run(PHOTOS_BETWEEN);
                if (swap == FEW_SWAPS || swap == MANY_SWAPS) {
                    row(table, "after " + (SWAPS_UNDER_LOAD + swap) + " swaps", round, worker);
                }
            }
        }
        return table.toString();
    }

    private LineUnderLoad.Round swapUnderLoad(LineUnderLoad line, List<ModelVersionId> versions) throws Exception {
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try {
            Future<?> swaps = operator.submit(() -> {
                for (int swap = 1; swap < SWAPS_UNDER_LOAD; swap++) {
                    line.swapTo(versions.get(swap % VERSIONS));
                }
                line.swapTo(versions.get(0));
                return versions;
            });
            LineUnderLoad.Round round = line.run(count);
            swaps.get();
            return round;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a swap failed: " + e.getCause(), e);
        } finally {
            operator.shutdown();
        }
    }

    private static void row(Table table, String what, LineUnderLoad.Round round, ChildJvm worker) throws Exception {
        table.row(
                "| %s | %.1f | %.1f | %d | %d MiB |",
                what, round.rate(), round.slowestRate(), round.failed(), LineUnderLoad.residentMebibytes(worker.pid()));
    }

    private List<ModelVersionId> publish(LineUnderLoad line, Path folder) {
        ModelVersionFolder original = ((Opened) ModelVersionFolder.open(model)).version();
        List<ModelVersionId> versions = new ArrayList<>();
        for (int number = 1; number <= VERSIONS; number++) {
            ModelVersionId version = new ModelVersionId("copy-" + number);
            line.publish(copy(original, folder.resolve("versions"), version));
            versions.add(version);
        }
        return versions;
    }

    /** The version under another name. */
    static ModelVersionFolder copy(ModelVersionFolder original, Path folder, ModelVersionId version) {
        ModelVersionWriter writer = new ModelVersionWriter(folder.resolve(version.value()));
        original.manifest()
                .files()
                .keySet()
                .forEach(name -> writer.write(name, file -> Files.copy(original.file(name), file)));
        ModelManifest told = original.manifest();
        return writer.seal(files -> new ModelManifest(
                version,
                told.architecture(),
                told.inputSize(),
                told.prediction(),
                told.bins(),
                told.temperature(),
                files,
                told.training(),
                told.environment(),
                told.metrics(),
                told.createdAt()));
    }
}
