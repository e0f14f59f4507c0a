package dev.colorstream.trainer.release;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelAnnouncement;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trainer rollback}: announces a channel's earlier version again. */
@Command(
        name = "rollback",
        description = "Announces a channel's earlier version again; once more goes further back.",
        mixinStandardHelpOptions = true)
public final class RollbackCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "VERSION",
            arity = "0..1",
            description = "The version to go back to; the one before the current if left out.")
    private @Nullable ModelVersionId version;

    @Mixin
    private ChannelChange change = new ChannelChange();

    public RollbackCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        change.announce(environment, spec.commandLine().getOut(), this::earlier);
        return 0;
    }

    private ModelAnnouncement earlier(Optional<ModelAnnouncement> current) {
        String channel = "channel " + change.channel().wireName();
        ModelAnnouncement told = current.orElseThrow(
                () -> new ReleaseFailedException(channel + " serves nothing yet: promote a version"));
        Instant now = Clock.systemUTC().instant();
        if (version == null) {
            return told.takenBack(now, change.note())
                    .orElseThrow(() -> new ReleaseFailedException(
                            channel + " served nothing before " + told.version() + ": promote another version"));
        }
        return told.takenBackTo(version, now, change.note())
                .orElseThrow(() -> new ReleaseFailedException(channel + " did not serve " + version
                        + " before; it served " + told.earlier() + ": name one of them, or promote " + version));
    }
}
