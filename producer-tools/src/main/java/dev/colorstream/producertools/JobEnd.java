package dev.colorstream.producertools;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.producertools.client.ColorstreamClient;
import dev.colorstream.producertools.progress.JobProgress;
import dev.colorstream.producertools.progress.JobProgress.Form;
import dev.colorstream.producertools.report.JobSummary;
import dev.colorstream.producertools.results.AwaitReport;
import dev.colorstream.producertools.results.AwaitReport.End;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The end of a job: waits for it, brings its photos, prints how it went. */
final class JobEnd {
    private final Console console;
    private final AwaitOptions options;
    private final ColorstreamClient client;

    JobEnd(Console console, AwaitOptions options, ColorstreamClient client) {
        this.console = console;
        this.options = options;
        this.client = client;
    }

    /** Waits for the job and acts on it; the exit code. */
    int await(JobId job) {
        Instant deadline = options.deadline(console.clock().instant());
        AwaitReport report;
        try (JobProgress progress = progress()) {
            report = options.out().isPresent()
                    ? client.await(job, deadline, options.out().orElseThrow(), progress)
                    : client.await(job, deadline, progress);
        }
        print(report);
        return exitCode(report);
    }

    private JobProgress progress() {
        if (options.json()) {
            return new JobProgress(Form.JSON, console.out(), console.clock());
        }
        return new JobProgress(console.terminal() ? Form.LIVE_LINE : Form.LINES, console.err(), console.clock());
    }

    private void print(AwaitReport report) {
        JobSummary summary = new JobSummary(report);
        if (options.json()) {
            console.out().println(new String(JsonObject.write(summary.json()), StandardCharsets.UTF_8));
            return;
        }
        if (report.end() == End.NEVER_BEGUN) {
            console.err()
                    .println("colorstream: no job " + report.job()
                            + " began in that time: write it as 'colorstream upload' named it");
            return;
        }
        if (options.table()) {
            summary.printTable(console.out());
        }
        summary.print(console.out());
        if (report.brought() > 0) {
            options.out().ifPresent(place -> console.out().println("color photos are in " + place));
        }
    }

    private static int exitCode(AwaitReport report) {
        return switch (report.end()) {
            case CANCELLED -> ExitCode.CANCELLED;
            case TIMED_OUT, NEVER_BEGUN -> ExitCode.TIMED_OUT;
            case COMPLETE -> report.allColored() ? ExitCode.OK : ExitCode.SOME_FAILED;
        };
    }
}
