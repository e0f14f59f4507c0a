package dev.colorstream.trainer.release;

import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.Buckets;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.PublishOutcome;
import dev.colorstream.storage.modelregistry.PublishOutcome.Published;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trainer publish}: brings a local model version into the registry; no channel serves it yet. */
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
        try (ObjectStore store = connections.openStore(environment)) {
            PublishOutcome outcome = new ModelRegistry(store, Buckets.MODELS).publish(version);
            if (outcome instanceof PublishOutcome.Refused refused) {
                throw new ReleaseFailedException(refused.reason());
            }
            spec.commandLine()
                    .getOut()
                    .println(version.manifest().version()
                            + (outcome instanceof Published ? " is published" : " was published before"));
        }
        return 0;
    }
}
