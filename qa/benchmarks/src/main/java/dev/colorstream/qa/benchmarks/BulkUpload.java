package dev.colorstream.qa.benchmarks;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.childjvm.JvmCommand;
import dev.colorstream.local.launcher.Machine;
import dev.colorstream.local.launcher.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Uploads many photos by the command line, as a tar archive on its standard input, beside a bare S3 client that puts the same
 * bytes; kills the upload on its way as often as wished, and tells what was asked for twice.
 */
@Command(name = "bulk-upload", mixinStandardHelpOptions = true)
final class BulkUpload implements Callable<Integer> {
    private static final JobId JOB = new JobId("bulk");
    private static final int PROGRESS_PHOTOS = 10_000;

    @Option(names = "--root", defaultValue = ".", description = "The repository, built.")
    private Path root = Path.of("");

    @Option(names = "--photos", defaultValue = "5000", description = "How many.")
    private int photos;

    @Option(names = "--kills", defaultValue = "0", description = "How often the upload is killed on its way.")
    private int kills;

    @Option(names = "--seed", defaultValue = "1", description = "Of the places where it is killed.")
    private long seed;

    @Option(names = "--samples", required = true, description = "Folder of JPEG photos, of which all are made.")
    private Path samples = Path.of("");

    private BulkUpload() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BulkUpload()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        VariedPhotos varied = VariedPhotos.of(samples);
        Path folder = Files.createTempDirectory("colorstream-bulk-");
        Random random = new Random(seed);
        try (LineUnderLoad line = new LineUnderLoad(folder, Map.of(), Topics.DEFAULT_PARTITIONS)) {
            double bare = line.putRate(photos, varied);
            for (int kill = 0; kill < kills; kill++) {
                feed(start(line), varied, 1 + random.nextInt(photos));
            }
            long before = line.requests(JOB).size();
            long start = System.nanoTime();
            Process upload = start(line);
            long resident = feed(upload, varied, photos);
            int status = upload.waitFor();
            double rate = photos / ((System.nanoTime() - start) / 1e9);
            List<String> requests = line.requests(JOB);
            long distinct = requests.stream().distinct().count();
            System.out.printf(
                    Locale.ROOT,
                    "bare %.1f photos/s, last upload %.1f/s (%.2f), exit code %d, RSS at most %d MiB%n"
                            + "%d photos, %d requests, %d of them distinct; %d kills, %d requests before the last upload%n",
                    bare,
                    rate,
                    rate / bare,
                    status,
                    resident,
                    photos,
                    requests.size(),
                    distinct,
                    kills,
                    before);
            return status == 0 && distinct == photos ? 0 : 1;
        }
    }

    private Process start(LineUnderLoad line) throws IOException {
        JvmCommand command = Service.PRODUCER_TOOLS.command(
                root.toAbsolutePath().normalize(),
                Machine.here(),
                List.of("upload", "-", "--job", JOB.value()),
                line.environment());
        ProcessBuilder process = new ProcessBuilder(command.words());
        process.environment().putAll(command.environment());
        return process.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Feeds the upload so many photos, then ends its input, or kills it if these were not all; its greatest RSS in MiB. */
    private long feed(Process upload, VariedPhotos varied, int count) throws IOException {
        long resident = 0;
        try (OutputStream stream = upload.getOutputStream();
                TarArchiveOutputStream tar = new TarArchiveOutputStream(stream)) {
            for (int i = 0; i < count; i++) {
                byte[] photo = varied.apply(i);
                TarArchiveEntry entry = new TarArchiveEntry("album/" + i + ".jpg");
                entry.setSize(photo.length);
                tar.putArchiveEntry(entry);
                tar.write(photo);
                tar.closeArchiveEntry();
                if (i % 100 == 0) {
                    resident = Math.max(resident, LineUnderLoad.residentMebibytes(upload.pid()));
                }
                if (i > 0 && i % PROGRESS_PHOTOS == 0) {
                    System.err.printf("%d photos, RSS %d MiB%n", i, LineUnderLoad.residentMebibytes(upload.pid()));
                }
            }
            if (count < photos) {
                upload.destroyForcibly().onExit().join();
            }
        } catch (IOException e) {
            if (upload.isAlive()) {
                throw e;
            }
        }
        return resident;
    }
}
