package dev.colorstream.producertools;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how a job is awaited and what is done with its photos. */
final class AwaitOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR|ARCHIVE",
            description = "Brings the color photos there, under their names: into a folder, or into an archive"
                    + " named *.zip, *.tar, *.tar.gz or *.tar.zst.")
    private @Nullable Path out;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Gives up after this time, like 90s, 10m or 2h; else waits as long as it takes.")
    private @Nullable Duration timeout;

    @Option(names = "--table", description = "Prints a row for each photo: name, size, model version, milliseconds.")
    private boolean table;

    @Option(names = "--json", description = "Prints progress and end as JSON, an object a line.")
    private boolean json;

    /** Whether JSON is wished. */
    boolean json() {
        return json;
    }

    /** Whether anything is wished that only waiting gives. */
    boolean any() {
        return out != null || table || json;
    }

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
