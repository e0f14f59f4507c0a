package dev.colorstream.producertools;

import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.producertools.jobs.JobRegister;
import dev.colorstream.producertools.jobs.JobRegister.Deletion;
import dev.colorstream.producertools.jobs.JobRegister.Deletion.Deleted;
import dev.colorstream.producertools.jobs.JobRegister.Deletion.StillOpen;
import dev.colorstream.producertools.report.JobSummary;
import dev.colorstream.producertools.results.AwaitReport;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What happens to jobs as a whole. */
@Command(name = "jobs", description = "Lists, shows, cancels and deletes jobs.")
final class JobsCommand {
    private static final String JOB = "The job, as upload named it.";

    private final Console console;

    JobsCommand(Console console) {
        this.console = console;
    }

    @Command(name = "list", description = "Lists all jobs, the oldest first.")
    int list(@Mixin ConnectionOptions connections) {
        List<JobState> states = console.client(connections).jobs().list();
        states.forEach(state -> console.out().println(line(state)));
        if (states.isEmpty()) {
            console.err().println("there are no jobs");
        }
        return ExitCode.OK;
    }

    @Command(name = "show", description = "Shows how far a job is, and which of its photos failed.")
    int show(
            @Parameters(paramLabel = "JOB", description = JOB) JobId job,
            @Mixin ConnectionOptions connections,
            @Mixin TableOption table) {
        var client = console.client(connections);
        Optional<JobState> state = client.jobs().find(job);
        if (state.isEmpty()) {
            return unknown(job);
        }
        AwaitReport report = client.now(job);
        console.out().println(line(state.orElseThrow()));
        JobSummary summary = new JobSummary(report);
        if (table.wished()) {
            summary.printTable(console.out());
        }
        summary.printFailures(console.out());
        console.out().println(report.ledger().count());
        return ExitCode.OK;
    }

    @Command(
            name = "cancel",
            description = "Ends the upload of a job and the waiting for it. What was asked for is still colored.")
    int cancel(@Parameters(paramLabel = "JOB", description = JOB) JobId job, @Mixin ConnectionOptions connections) {
        Optional<JobState> cancelled = console.client(connections).jobs().cancel(job);
        if (cancelled.isEmpty()) {
            return unknown(job);
        }
        console.out().println(line(cancelled.orElseThrow()));
        return ExitCode.OK;
    }

    @Command(
            name = "delete",
            description = "Deletes a job with its gray and color photos. Photos that wait for their colors will fail.")
    int delete(@Parameters(paramLabel = "JOB", description = JOB) JobId job, @Mixin ConnectionOptions connections) {
        JobRegister jobs = console.client(connections).jobs();
        Deletion deletion = jobs.delete(job);
        if (deletion instanceof Deleted deleted) {
            console.out().println("job " + job + " deleted, with " + deleted.objects() + " objects");
            return ExitCode.OK;
        }
        if (deletion instanceof StillOpen) {
            console.err()
                    .println("colorstream: the upload of job " + job
                            + " goes on or was cut off: cancel it first with 'colorstream jobs cancel " + job + "'");
            return ExitCode.ERROR;
        }
        return unknown(job);
    }

    private int unknown(JobId job) {
        console.err().println("colorstream: there is no job " + job + ": 'colorstream jobs list' lists them");
        return ExitCode.ERROR;
    }

    private static String line(JobState state) {
        return state.job() + "  " + state.phase().wireName() + "  " + state.photos() + " photos  " + state.openedAt();
    }
}
