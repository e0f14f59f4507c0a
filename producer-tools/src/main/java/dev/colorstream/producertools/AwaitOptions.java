package dev.colorstream.producertools;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how a job is awaited and what is done with its photos. */
final class AwaitOptions {
    @Option(names = "--out", paramLabel = "DIR", description = "Brings the color photos there, under their names.")
    private @Nullable Path out;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Gives up after this time, like 90s, 10m or 2h; else waits as long as it takes.")
    private @Nullable Duration timeout;

    @Option(names = "--table", description = "Prints a row for each photo: name, size, model version, milliseconds.")
    private boolean table;

    /** Where the color photos shall go, if anywhere. */
    Optional<Path> out() {
        return Optional.ofNullable(out);
    }

    /** When waiting ends that begins now. */
    Instant deadline(Instant now) {
        return timeout == null ? Instant.MAX : now.plus(timeout);
    }

    /** Whether a row for each photo is wished. */
    boolean table() {
        return table;
    }
}
