package dev.colorstream.producertools;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.producertools.connection.ConnectionOptions;
import dev.colorstream.producertools.connection.KafkaConnection;
import dev.colorstream.producertools.progress.Progress;
import dev.colorstream.producertools.results.ResultsTail;
import dev.colorstream.producertools.upload.Upload;
import dev.colorstream.producertools.upload.UploadReport;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Uploads photos as a job and asks for their colors. */
@Command(
        name = "upload",
        description = "Uploads photos, folders of photos and zip archives, and asks for their colors.")
final class UploadCommand implements Callable<Integer> {
    /** Photos on their way take a quarter of the heap, and never more than this. */
    private static final long MAX_MEMORY_BYTES = 256L << 20;

    private static final DateTimeFormatter JOB_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Photos, folders, zip archives.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--job",
            paramLabel = "NAME",
            description =
                    "Names the job; else it gets a new name. The same photos under the same job ask the same again.")
    private @Nullable JobId job;

    @Option(names = "--await", description = "Waits until every photo has its result.")
    private boolean await;

    @Mixin
    private AwaitOptions awaitOptions = new AwaitOptions();

    @Mixin
    private PhotoWishes wishes = new PhotoWishes();

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    UploadCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        RequestOptions options = requestOptions();
        requirePaths();
        if (!await && (awaitOptions.out().isPresent() || awaitOptions.table())) {
            throw new ParameterException(spec.commandLine(), "--out and --table need --await");
        }
        KafkaConnection kafka = connections.kafka(console.environment());
        kafka.requireTopics(Set.of(Topics.REQUESTS, Topics.JOBS, Topics.RESULTS));
        try (Producer<byte[], byte[]> producer = kafka.producer();
                Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            // Results count from before the first request: the first photo may have its colors before the last is
            // uploaded.
            ResultsTail tail = ResultsTail.fromNow(consumer, Topics.RESULTS);
            UploadReport report = upload(producer, options);
            console.err()
                    .println("job " + report.job() + ": " + report.photos().size() + " photos uploaded, "
                            + report.refused().size() + " refused, " + report.skipped() + " other files skipped");
            if (report.photos().isEmpty() && report.refused().isEmpty()) {
                console.err()
                        .println("colorstream: no photo in " + paths + ": name files, folders or archives with photos");
                return ExitCode.ERROR;
            }
            return await ? end(report, tail) : uploaded(report);
        } catch (KafkaException e) {
            throw kafka.failed(e);
        }
    }

    private UploadReport upload(Producer<byte[], byte[]> producer, RequestOptions options) {
        long memory = Math.min(MAX_MEMORY_BYTES, Runtime.getRuntime().maxMemory() / 4);
        try (ObjectStore store = connections.openStore(console.environment());
                Progress progress = Progress.start(
                        "uploaded", Progress.UNKNOWN, console.err(), console.terminal(), console.clock())) {
            return Upload.run(
                    paths, store, producer, job == null ? newJob() : job, options, progress, memory, console.clock());
        }
    }

    private int end(UploadReport report, ResultsTail tail) {
        return new JobEnd(console, awaitOptions, connections)
                .await(
                        tail,
                        report.photos(),
                        report.refused(),
                        awaitOptions.deadline(console.clock().instant()));
    }

    private int uploaded(UploadReport report) {
        report.refused().forEach(r -> console.out().println("not uploaded: " + r.name() + ": " + r.reason()));
        console.out().println("await it with: colorstream await " + report.job());
        return report.refused().isEmpty() ? ExitCode.OK : ExitCode.SOME_FAILED;
    }

    private RequestOptions requestOptions() {
        try {
            return wishes.options();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void requirePaths() {
        paths.stream().filter(path -> !Files.isReadable(path)).findFirst().ifPresent(path -> {
            throw new ParameterException(
                    spec.commandLine(),
                    path + " does not exist or cannot be read: name photos, folders or zip archives");
        });
    }

    private JobId newJob() {
        // Two uploads may begin in the same second.
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        return new JobId(JOB_TIME.format(console.clock().instant()) + "-" + suffix);
    }
}
