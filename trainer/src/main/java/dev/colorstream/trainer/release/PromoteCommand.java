package dev.colorstream.trainer.release;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trainer promote}: announces that a channel serves a version from now on. */
@Command(
        name = "promote",
        description = "Announces that a channel serves a version of the registry from now on.",
        mixinStandardHelpOptions = true)
public final class PromoteCommand implements Callable<Integer> {
    private static final double USUAL_CANARY_SHARE = 0.1;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "VERSION", description = "The version's id.")
    private ModelVersionId version = new ModelVersionId("unset");

    @Option(
            names = "--share",
            paramLabel = "SHARE",
            description = "Share of the requests that the canary takes, in [0,1]; 0.1 if left out, 0 ends the canary.")
    private @Nullable Double share;

    @Mixin
    private ChannelChange change = new ChannelChange();

    public PromoteCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Instant now = Clock.systemUTC().instant();
        double wished = share();
        change.announce(
                environment,
                spec.commandLine().getOut(),
                current -> current.map(told -> told.followedBy(version, wished, now, change.note()))
                        .orElseGet(
                                () -> ModelAnnouncement.first(change.channel(), version, wished, now, change.note())));
        return 0;
    }

    private double share() {
        if (change.channel() == Channel.STABLE) {
            if (share != null) {
                throw new ParameterException(
                        spec.commandLine(), "--share is the canary's: leave it out, or say --channel canary");
            }
            return 1;
        }
        double wished = share == null ? USUAL_CANARY_SHARE : share;
        if (!(wished >= 0 && wished <= 1)) {
            throw new ParameterException(spec.commandLine(), "--share " + wished + " is not in [0,1]");
        }
        return wished;
    }
}
