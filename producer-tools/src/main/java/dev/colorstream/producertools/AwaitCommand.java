package dev.colorstream.producertools;

import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.JobId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Waits for a job, whoever uploads it and whenever. */
@Command(
        name = "await",
        description = "Waits until every photo of a job has its result. The job may begin before, while or after.")
final class AwaitCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "JOB", description = "The job, as upload named it.")
    private @Nullable JobId job;

    @Mixin
    private AwaitOptions options = new AwaitOptions();

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    AwaitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new JobEnd(console, options, console.client(connections)).await(Objects.requireNonNull(job));
    }
}
