package dev.colorstream.producertools;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.producertools.connection.ConnectionOptions;
import dev.colorstream.producertools.connection.KafkaConnection;
import dev.colorstream.producertools.results.JobListing;
import dev.colorstream.producertools.results.ResultsTail;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Waits for a job that was uploaded elsewhere, or earlier. */
@Command(name = "await", description = "Waits until every photo of a job has its result.")
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
        JobId awaited = Objects.requireNonNull(job);
        Instant deadline = options.deadline(console.clock().instant());
        KafkaConnection kafka = connections.kafka(console.environment());
        kafka.requireTopics(Set.of(Topics.JOBS, Topics.RESULTS));
        try (Consumer<byte[], byte[]> jobs = kafka.consumer();
                Consumer<byte[], byte[]> results = kafka.consumer()) {
            JobListing listing = JobListing.read(jobs, Topics.JOBS, awaited, deadline, console.clock());
            if (listing instanceof JobListing.Sealed list) {
                return new JobEnd(console, options, connections)
                        .await(ResultsTail.fromBeginning(results, Topics.RESULTS), list.photos(), List.of(), deadline);
            }
            if (listing instanceof JobListing.Unknown) {
                console.err()
                        .println("colorstream: no job " + awaited + " at " + kafka.bootstrap()
                                + ": write it as 'colorstream upload' named it");
                return ExitCode.ERROR;
            }
            console.err()
                    .println("colorstream: the upload of job " + awaited + " has not ended: repeat it with --job "
                            + awaited);
            return ExitCode.TIMED_OUT;
        } catch (KafkaException e) {
            throw kafka.failed(e);
        }
    }
}
