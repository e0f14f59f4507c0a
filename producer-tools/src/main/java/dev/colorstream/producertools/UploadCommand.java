package dev.colorstream.producertools;

import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.producertools.client.ColorstreamClient;
import dev.colorstream.producertools.photos.PhotoSource;
import dev.colorstream.producertools.photos.PhotoSource.StandardInput;
import dev.colorstream.producertools.progress.Progress;
import dev.colorstream.producertools.upload.JobName;
import dev.colorstream.producertools.upload.UploadOrder;
import dev.colorstream.producertools.upload.UploadOutcome;
import dev.colorstream.producertools.upload.UploadOutcome.Cancelled;
import dev.colorstream.producertools.upload.UploadOutcome.NothingFound;
import dev.colorstream.producertools.upload.UploadOutcome.OtherOptions;
import dev.colorstream.producertools.upload.UploadOutcome.Overtaken;
import dev.colorstream.producertools.upload.UploadOutcome.Uploaded;
import dev.colorstream.producertools.upload.UploadReport;
import dev.colorstream.producertools.upload.UploadReport.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
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
        description = {
            "Uploads photos, folders of photos and archives, and asks for their colors.",
            "Interrupted, the same command again goes on where it stopped."
        })
final class UploadCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Photos, folders, archives (*.zip, *.tar, *.tar.gz, *.tar.zst), patterns like 'scans/**.jpg',"
                    + " or - for a tar archive on standard input.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--job",
            paramLabel = "NAME",
            description = "Names the job; else its name follows from the files' names, sizes and times of change, and"
                    + " from the options. What a job of that name asked for already is not asked again.")
    private @Nullable JobId job;

    @Option(names = "--dry-run", description = "Tells what would be sent; sends nothing.")
    private boolean dryRun;

    @Option(
            names = "--express",
            description = "The photos shall not wait behind bulk jobs; at most " + UploadOrder.MAX_EXPRESS + ".")
    private boolean express;

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
        UploadOrder order = order();
        if (!await && awaitOptions.any()) {
            throw new ParameterException(spec.commandLine(), "--out, --table and --json need --await");
        }
        ColorstreamClient client = console.client(connections);
        if (dryRun) {
            return previewed(client.preview(order, console.in()));
        }
        UploadOutcome outcome;
        try (Progress progress =
                Progress.start("uploaded", Progress.UNKNOWN, console.err(), console.terminal(), console.clock())) {
            outcome = client.upload(order, console.in(), progress);
        }
        if (outcome instanceof Uploaded uploaded) {
            tell(uploaded.report());
            return await ? new JobEnd(console, awaitOptions, client).await(order.job()) : uploaded(uploaded.report());
        }
        return notUploaded(outcome);
    }

    private UploadOrder order() {
        RequestOptions options;
        try {
            options = wishes.options();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        List<PhotoSource> sources = paths.stream().map(this::source).toList();
        for (int i = 0; i < sources.size(); i++) {
            if (!sources.get(i).isReadable()) {
                throw new ParameterException(
                        spec.commandLine(),
                        paths.get(i) + " does not exist or cannot be read: name photos, folders or archives");
            }
        }
        return new UploadOrder(job == null ? jobName(sources, options) : job, sources, options, express);
    }

    private PhotoSource source(String path) {
        try {
            return PhotoSource.of(path);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    path + " does not exist, and is no pattern (" + e.getDescription()
                            + "): mend its brackets, or name photos, folders or archives",
                    e);
        }
    }

    private JobId jobName(List<PhotoSource> sources, RequestOptions options) {
        if (sources.contains(new StandardInput())) {
            throw new ParameterException(
                    spec.commandLine(), "standard input has no name to make the job's of: name it with --job");
        }
        try {
            return JobName.of(sources, options);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + paths + ": " + e.getMessage(), e);
        }
    }

    private void tell(UploadReport report) {
        console.err()
                .println("job " + report.job() + ": " + report.sent() + " photos uploaded, " + report.sentBefore()
                        + " uploaded before, " + report.refused().size() + " refused, " + report.skipped()
                        + " other files skipped");
        if (report.sent() == 0) {
            console.err().println("nothing is new in this job: for other colors of the same photos name another job");
        }
        tellRefused(report.refused());
    }

    private void tellRefused(List<Refused> refused) {
        refused.forEach(r -> console.err().println("not uploaded: " + r.name() + ": " + r.reason()));
    }

    private int uploaded(UploadReport report) {
        console.out().println("await it with: colorstream await " + report.job());
        return report.refused().isEmpty() ? ExitCode.OK : ExitCode.SOME_FAILED;
    }

    private int previewed(UploadReport report) {
        tellRefused(report.refused());
        console.out()
                .println("job " + report.job() + ": would upload " + report.sent() + " photos of " + report.bytes()
                        + " bytes; " + report.sentBefore() + " were uploaded before, "
                        + report.refused().size() + " are refused, " + report.skipped() + " other files skipped");
        return report.refused().isEmpty() ? ExitCode.OK : ExitCode.SOME_FAILED;
    }

    private int notUploaded(UploadOutcome outcome) {
        if (outcome instanceof NothingFound nothing) {
            tellRefused(nothing.refused());
            console.err()
                    .println("colorstream: no photo in " + paths + ": name files, folders or archives with photos");
        } else if (outcome instanceof OtherOptions other) {
            console.err()
                    .println("colorstream: job " + other.job()
                            + " began with other options: repeat them, or name another job");
        } else if (outcome instanceof Overtaken other) {
            console.err()
                    .println("colorstream: another upload of job " + other.job()
                            + " goes on: let it end, then repeat this one");
        } else if (outcome instanceof Cancelled cancelled) {
            console.err()
                    .println("colorstream: job " + cancelled.job()
                            + " was cancelled: name another, or delete it with 'colorstream jobs delete'");
            return ExitCode.CANCELLED;
        }
        return ExitCode.ERROR;
    }
}
