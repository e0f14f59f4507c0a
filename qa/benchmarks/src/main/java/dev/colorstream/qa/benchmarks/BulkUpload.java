package dev.colorstream.qa.benchmarks;

import dev.colorstream.contract.JobId;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import dev.colorstream.local.launcher.Machine;
import dev.colorstream.local.launcher.Service;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Uploads many photos by the command line, as a tar archive on its standard input, in turn with a bare S3 client that puts
 * the files of the same archive on as many threads, in a process with the same flags; then has a worker without a network
 * answer the first upload. The worker starts behind all rounds, so that it takes nothing from either.
 */
final class BulkUpload {
    private static final int READINGS = 10;
    private static final int CUTIME = 16;
    private static final int CSTIME = 17;
    private static final double MILLISECONDS_PER_TICK = 10;

    private final Path root;
    private final int photos;
    private final int rounds;

    /** @param root the repository, built */
    BulkUpload(Path root, int photos, int rounds) {
        this.root = root.toAbsolutePath().normalize();
        this.photos = photos;
        this.rounds = rounds;
    }

    String table(LineUnderLoad line, VariedPhotos varied, Callable<ChildJvm> startWorker) throws Exception {
        Table rates = new Table("| round | bare S3 client | upload | of bare "
                + "| CPU ms a photo: bare client, S3 | upload, S3, Kafka |");
        List<String> memory = List.of();
        for (int round = 1; round <= rounds; round++) {
            Run bare = run(line, bareClient(line, round), varied);
            Run upload =
                    run(line, command(line, "upload", "-", "--job", job(round).value()), varied);
            rates.row(
                    "| %d | %.1f/s | %.1f/s | %.2f | %.2f, %.2f | %.2f, %.2f, %.2f |",
                    round,
                    bare.rate(),
                    upload.rate(),
                    upload.rate() / bare.rate(),
                    bare.clientCpu(),
                    bare.storeCpu(),
                    upload.clientCpu(),
                    upload.storeCpu(),
                    upload.kafkaCpu());
            memory = upload.memory();
        }
        Process await = start(command(line, "await", job(1).value()));
        int awaited = awaitAll(await, startWorker.call());
        List<String> requests = line.requests(job(1));
        return rates
                + "\n| photos so far | RSS of the last upload | rate since |\n|---|---|---|\n"
                + String.join("\n", memory)
                + String.format(
                        Locale.ROOT,
                        "%n%n%d photos, %d requests, %d of them distinct. Exit code of await: %d.%n",
                        photos,
                        requests.size(),
                        requests.stream().distinct().count(),
                        awaited);
    }

    /**
     * What one client took for all photos.
     *
     * @param rate photos a second, from its start to its end
     * @param clientCpu its CPU time in milliseconds a photo
     * @param storeCpu that of S3 meanwhile
     * @param kafkaCpu that of Kafka meanwhile
     * @param memory a row of the memory's table for each tenth of the photos
     */
    private record Run(double rate, double clientCpu, double storeCpu, double kafkaCpu, List<String> memory) {}

    private static int awaitAll(Process await, ChildJvm worker) throws InterruptedException {
        try {
            return await.waitFor();
        } finally {
            worker.close();
        }
    }

    private static JobId job(int round) {
        return new JobId("bulk-" + round);
    }

    private JvmCommand command(LineUnderLoad line, String... arguments) {
        return Service.PRODUCER_TOOLS.command(root, Machine.here(), List.of(arguments), line.environment());
    }

    private JvmCommand bareClient(LineUnderLoad line, int round) {
        JvmCommand upload = command(line);
        return new JvmCommand(
                "bare S3 client",
                BareUpload.class.getName(),
                upload.classPath().plus(ClassPath.holding(BareUpload.class)),
                upload.jvmFlags(),
                List.of("bare-" + round + "/"),
                upload.environment());
    }

    private static Process start(JvmCommand command) throws IOException {
        ProcessBuilder process = new ProcessBuilder(command.words());
        process.environment().putAll(command.environment());
        return process.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Feeds the photos to a client and waits for its end. */
    private Run run(LineUnderLoad line, JvmCommand client, VariedPhotos varied)
            throws IOException, InterruptedException {
        LineUnderLoad.ServersCpu before = line.serversCpu();
        double clientsBefore = endedChildrensCpu();
        Process process = start(client);
        List<String> memory = new ArrayList<>();
        int tenth = Math.max(1, photos / READINGS);
        long begin = System.nanoTime();
        long since = begin;
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new BufferedOutputStream(process.getOutputStream()))) {
            for (int i = 1; i <= photos; i++) {
                byte[] photo = varied.apply(i);
                TarArchiveEntry entry = new TarArchiveEntry("album/" + i + ".jpg");
                entry.setSize(photo.length);
                tar.putArchiveEntry(entry);
                tar.write(photo);
                tar.closeArchiveEntry();
                if (i % tenth == 0) {
                    memory.add(String.format(
                            Locale.ROOT,
                            "| %d | %d MiB | %.1f/s |",
                            i,
                            LineUnderLoad.residentMebibytes(process.pid()),
                            tenth / secondsSince(since)));
                    since = System.nanoTime();
                }
            }
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException("ended with " + status + ", see above");
        }
        double rate = photos / secondsSince(begin);
        LineUnderLoad.ServersCpu after = line.serversCpu();
        return new Run(
                rate,
                (endedChildrensCpu() - clientsBefore) / photos,
                (after.store() - before.store()) / photos,
                (after.kafka() - before.kafka()) / photos,
                memory);
    }

    /** CPU milliseconds of the processes that this one started and that have ended. */
    private static double endedChildrensCpu() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        // The fields behind the name, which may hold blanks, begin with the third, the state; see proc(5).
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[CUTIME - 3]) + Long.parseLong(fields[CSTIME - 3])) * MILLISECONDS_PER_TICK;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
