package dev.colorstream.qa.benchmarks;

import dev.colorstream.contract.JobId;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.JvmCommand;
import dev.colorstream.local.launcher.Machine;
import dev.colorstream.local.launcher.Service;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Uploads many photos by the command line, as a tar archive on its standard input, beside a bare S3 client that puts the same
 * bytes on as many threads; then has a worker without a network answer them all. The worker starts behind both, so that it
 * takes nothing from either.
 */
final class BulkUpload {
    private static final JobId JOB = new JobId("bulk");
    private static final int READINGS = 10;

    private final Path root;
    private final int photos;

    /** @param root the repository, built */
    BulkUpload(Path root, int photos) {
        this.root = root.toAbsolutePath().normalize();
        this.photos = photos;
    }

    String table(LineUnderLoad line, VariedPhotos varied, Callable<ChildJvm> startWorker) throws Exception {
        double bare = line.putRate(photos, varied);
        Table table = new Table("| photos so far | RSS of the upload | rate since |");
        Process upload = start(line, "upload", "-", "--job", JOB.value());
        long begin = System.nanoTime();
        feed(upload, varied, table);
        int status = upload.waitFor();
        double rate = photos / secondsSince(begin);
        List<String> requests = line.requests(JOB);
        int awaited = awaitAll(start(line, "await", JOB.value()), startWorker.call());
        return table
                + String.format(
                        Locale.ROOT,
                        "%nUpload %.1f photos/s, bare S3 client %.1f photos/s: %.2f of it. %d photos, %d requests, %d of them"
                                + " distinct. Exit codes: upload %d, await %d.%n",
                        rate,
                        bare,
                        rate / bare,
                        photos,
                        requests.size(),
                        requests.stream().distinct().count(),
                        status,
                        awaited);
    }

    private static int awaitAll(Process await, ChildJvm worker) throws InterruptedException {
        try {
            return await.waitFor();
        } finally {
            worker.close();
        }
    }

    private Process start(LineUnderLoad line, String... arguments) throws IOException {
        JvmCommand command =
                Service.PRODUCER_TOOLS.command(root, Machine.here(), List.of(arguments), line.environment());
        ProcessBuilder process = new ProcessBuilder(command.words());
        process.environment().putAll(command.environment());
        return process.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void feed(Process upload, VariedPhotos varied, Table table) throws IOException {
        int pause = Math.max(1, photos / READINGS);
        long since = System.nanoTime();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new BufferedOutputStream(upload.getOutputStream()))) {
            for (int i = 1; i <= photos; i++) {
                byte[] photo = varied.apply(i);
                TarArchiveEntry entry = new TarArchiveEntry("album/" + i + ".jpg");
                entry.setSize(photo.length);
                tar.putArchiveEntry(entry);
                tar.write(photo);
                tar.closeArchiveEntry();
                if (i % pause == 0) {
                    table.row(
                            "| %d | %d MiB | %.1f/s |",
                            i, LineUnderLoad.residentMebibytes(upload.pid()), pause / secondsSince(since));
                    since = System.nanoTime();
                }
            }
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
