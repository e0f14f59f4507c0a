package dev.colorstream.qa.benchmarks;

import dev.colorstream.contract.JobId;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import dev.colorstream.local.launcher.Machine;
import dev.colorstream.local.launcher.Service;
import java.io.BufferedOutputStream;
import java.io.IOException;
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
 * answer the last upload. The worker starts behind all rounds, so that it takes nothing from either.
 */
final class BulkUpload {
    private static final int READINGS = 10;

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
        Table rates = new Table("| round | bare S3 client | upload | of bare |");
        List<String> memory = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            double bare = rate(start(bareClient(line, round)), varied, new ArrayList<>());
            memory.clear();
            double upload =
                    rate(start(command(line, "upload", "-", "--job", job(round).value())), varied, memory);
            rates.row("| %d | %.1f/s | %.1f/s | %.2f |", round, bare, upload, upload / bare);
        }
        Process await = start(command(line, "await", job(rounds).value()));
        int awaited = awaitAll(await, startWorker.call());
        List<String> requests = line.requests(job(rounds));
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

    /**
     * Feeds the photos to the process and waits for its end.
     *
     * @param memory takes a row of its table for each tenth of the photos
     * @return photos a second, from its start to its end
     */
    private double rate(Process process, VariedPhotos varied, List<String> memory)
            throws IOException, InterruptedException {
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
        return photos / secondsSince(begin);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
