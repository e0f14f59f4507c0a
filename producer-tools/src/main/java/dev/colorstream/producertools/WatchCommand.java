package dev.colorstream.producertools;

import dev.colorstream.connection.ConnectionFailedException;
import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.producertools.watch.BucketWatch;
import dev.colorstream.producertools.watch.BucketWatch.Sweep;
import dev.colorstream.producertools.watch.WatchOrder;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for the colors of what other clients put into a bucket. */
@Command(
        name = "watch",
        description = {
            "Asks for the colors of photos that other clients put into a bucket, until it is stopped.",
            "Photos that have a result already, by whatever request, are left alone: a sweep with --once finds what"
                    + " lost notifications left behind.",
            "While Kafka or the store does not answer, it says so and looks again."
        })
final class WatchCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "BUCKET[/PREFIX]", description = "The bucket, and what keys start with.")
    private String place = "";

    @Option(names = "--once", description = "Looks through the bucket once, then ends.")
    private boolean once;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "The pause between two looks (default: ${DEFAULT-VALUE}).")
    private Duration pause = Duration.ZERO;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "Leaves younger photos alone (default: ${DEFAULT-VALUE}). Where the bucket's notifications go"
                    + " to Colorstream too, give them more time than they and a worker need, like 10m.")
    private Duration grace = Duration.ZERO;

    @Option(
            names = "--max-age",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "Leaves older photos alone (default: ${DEFAULT-VALUE}): for so long results are kept.")
    private Duration maxAge = Duration.ZERO;

    @Mixin
    private PhotoWishes wishes = new PhotoWishes();

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    WatchCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        try (BucketWatch watch = console.client(connections).watch(order())) {
            if (once) {
                tell(watch.sweep());
                return ExitCode.OK;
            }
            while (true) {
                look(watch);
                Thread.sleep(pause.toMillis());
            }
        }
    }

    private void look(BucketWatch watch) {
        try {
            Sweep sweep = watch.sweep();
            if (sweep.asked() > 0) {
                tell(sweep);
            }
        } catch (ConnectionFailedException | StoreUnavailableException e) {
            console.err().println("colorstream: " + ColorstreamCli.complaint(e) + "; the next look tries again");
        }
    }

    private void tell(Sweep sweep) {
        console.out()
                .println(sweep.photos() + " photos, " + sweep.asked() + " asked for now, " + sweep.waiting()
                        + " waiting");
    }

    private WatchOrder order() {
        int slash = place.indexOf('/');
        String bucket = slash < 0 ? place : place.substring(0, slash);
        if (bucket.isBlank() || bucket.equals(Buckets.COLORIZED)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + place + "' cannot be watched: name a bucket of gray photos");
        }
        try {
            RequestOptions options = wishes.options();
            return new WatchOrder(bucket, slash < 0 ? "" : place.substring(slash + 1), grace, maxAge, options);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
