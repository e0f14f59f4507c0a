package dev.colorstream.trainer.release;

import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.PublishOutcome;
import dev.colorstream.storage.modelregistry.PublishOutcome.Published;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.trainer.release.AnnounceOutcome.Fenced;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code trainer publish}: brings a local model version into the registry. No channel serves it yet, but for the first version
 * of an installation.
 */
@Command(
        name = "publish",
        description = "Brings a model version into the registry. Nobody serves it until it is promoted.",
        mixinStandardHelpOptions = true)
public final class PublishCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", description = "Folder of the model version.")
    private Path folder = Path.of(".");

    @Option(
            names = "--if-none-served",
            description = "Do nothing where the channel stable serves a version; else let it serve this one, too.")
    private boolean ifNoneServed;

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    public PublishCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        FolderOutcome opened = ModelVersionFolder.open(folder);
        if (opened instanceof FolderOutcome.Refused refused) {
            throw new ReleaseFailedException(refused.reason());
        }
        ModelVersionFolder version = ((Opened) opened).version();
        if (ifNoneServed && isAnyServed(version.manifest().version())) {
            return 0;
        }
        publish(version);
        if (ifNoneServed) {
            serveFirst(version.manifest().version());
        }
        return 0;
    }

    private boolean isAnyServed(ModelVersionId offered) {
        Optional<ModelAnnouncement> served =
                Channels.read(connections.kafka(environment)).current(Channel.STABLE);
        served.map(ModelAnnouncement::version).ifPresent(version -> {
            say("channel stable serves " + version + " already");
            if (!version.equals(offered)) {
                say(
                        offered
                                + " is not served: publish it without --if-none-served, then promote it (local mode: --model FOLDER)");
            }
        });
        return served.isPresent();
    }

    private void publish(ModelVersionFolder version) {
        try (ObjectStore store = connections.openStore(environment)) {
            PublishOutcome outcome = new ModelRegistry(store, Buckets.MODELS).publish(version);
            if (outcome instanceof PublishOutcome.Refused refused) {
                throw new ReleaseFailedException(refused.reason());
            }
            say(version.manifest().version()
                    + (outcome instanceof Published ? " is published" : " was published before"));
        }
    }

    private void serveFirst(ModelVersionId version) {
        try (Announcer announcer = Announcer.open(connections.kafka(environment))) {
            Instant now = Clock.systemUTC().instant();
            ModelAnnouncement first = announcer
                    .channels()
                    .current(Channel.STABLE)
                    .orElseGet(() -> ModelAnnouncement.first(Channel.STABLE, version, 1, now, "the first version"));
            if (announcer.announce(first) instanceof Fenced fenced) {
                throw new ReleaseFailedException(fenced.reason() + "; try again");
            }
            say("channel stable serves " + first.version());
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
