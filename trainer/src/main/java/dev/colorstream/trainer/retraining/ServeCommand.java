package dev.colorstream.trainer.retraining;

import dev.colorstream.connection.ConnectionFailedException;
import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import dev.colorstream.trainer.gate.GateLimits;
import dev.colorstream.trainer.training.ConsoleProgress;
import dev.colorstream.trainer.training.TrainingOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trainer serve}: retrains as photos come, and announces what passes the gate. */
@Command(
        name = "serve",
        description =
                "Retrains as photos come under a prefix of a bucket: in rounds, from the served version's weights. "
                        + "What passes the gate is published and announced on the channel stable, what does not is published. "
                        + "May be killed at any time; started again with the same --work, it goes on.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class ServeCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--work",
            required = true,
            description = "Folder of the trainer's own: photos, the running round, how far it is.")
    private Path work = Path.of(".");

    @Option(names = "--bucket", defaultValue = "uploads", description = "Bucket where photos to learn from come.")
    private String bucket = "";

    @Option(names = "--prefix", defaultValue = "training/", description = "Prefix of their keys.")
    private String prefix = "";

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "A round begins so long after the last one, if there is a new photo: 90s, 30m, 24h, 7d.")
    private Duration every = Duration.ofDays(1);

    @Option(
            names = "--min-new-photos",
            paramLabel = "N",
            description = "A round begins as soon as so many new photos are there, too.")
    private @Nullable Integer minNewPhotos;

    @Option(
            names = "--check-every",
            paramLabel = "TIME",
            defaultValue = "1m",
            description = "How long to wait before looking for new photos again, or for servers that do not answer.")
    private Duration checkEvery = Duration.ofMinutes(1);

    @Option(names = "--from-scratch", description = "Begin every round with random weights.")
    private boolean fromScratch;

    @Option(names = "--held-out-share", defaultValue = "0.1", description = "Photos that only the gate sees, in (0,1).")
    private double heldOutShare;

    @Option(
            names = "--most-below-gray",
            defaultValue = "1",
            description = "Points of AuC that a network may lie below painting nothing.")
    private double mostBelowGray;

    @Option(names = "--least-colorful", defaultValue = "0.6", description = "As a share of the real photos'.")
    private double leastColorful;

    @Option(names = "--most-colorful", defaultValue = "1.1", description = "As a share of the real photos'.")
    private double mostColorful;

    @Option(
            names = "--once",
            description = "End instead of waiting: after a round, or at once where none is due; for jobs by the clock.")
    private boolean once;

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    public ServeCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(work);
        try (FileChannel file =
                        FileChannel.open(work.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock();
                ObjectStore store = connections.openStore(environment)) {
            if (lock == null) {
                throw new IOException(work + " is another running trainer's: end that one, or name another --work");
            }
            PrintWriter out = spec.commandLine().getOut();
            Clock clock = Clock.systemUTC();
            Retraining retraining = new Retraining(
                    plan(),
                    store,
                    connections.kafka(environment),
                    work,
                    clock,
                    out::println,
                    () -> new ConsoleProgress(out::println, clock, false));
            go(retraining);
        }
        return 0;
    }

    private Plan plan() {
        return new Plan(
                bucket,
                prefix,
                heldOutShare,
                every,
                Optional.ofNullable(minNewPhotos),
                fromScratch,
                training.settings(),
                training.furtherSettings(),
                training.serving(),
                training.checkpointEvery(),
                new GateLimits(mostBelowGray, leastColorful, mostColorful));
    }

    private void go(Retraining retraining) throws IOException, InterruptedException {
        boolean isIdle = step(retraining);
        while (!isIdle || !once) {
            if (isIdle) {
                TimeUnit.MILLISECONDS.sleep(checkEvery.toMillis());
            }
            isIdle = step(retraining);
        }
    }

    /** Takes the next step; tells whether there is nothing to do for now. */
    private boolean step(Retraining retraining) throws IOException, InterruptedException {
        try {
            retraining.step();
            return retraining.stage() == Stage.WAITING;
        } catch (StoreUnavailableException | ConnectionFailedException e) {
            if (once) {
                throw e;
            }
            spec.commandLine().getErr().println("trainer: " + e.getMessage() + "; tries again");
            return true;
        }
    }
}
