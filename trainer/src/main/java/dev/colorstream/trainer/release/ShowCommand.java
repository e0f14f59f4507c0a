package dev.colorstream.trainer.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ManifestJson;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.LookupOutcome;
import dev.colorstream.storage.modelregistry.LookupOutcome.Found;
import dev.colorstream.storage.modelregistry.LookupOutcome.Unusable;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trainer show}: what the registry knows of a version. */
@Command(
        name = "show",
        description = "Shows the manifest of a version: where it comes from, what it is made of, what it scored.",
        mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "VERSION", description = "The version's id.")
    private ModelVersionId version = new ModelVersionId("unset");

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    public ShowCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (ObjectStore store = connections.openStore(environment)) {
            LookupOutcome<ModelManifest> outcome = new ModelRegistry(store, Buckets.MODELS).manifest(version);
            if (outcome instanceof Unusable<ModelManifest> why) {
                throw new ReleaseFailedException(why.reason());
            }
            ModelManifest manifest = ((Found<ModelManifest>) outcome).value();
            spec.commandLine().getOut().println(new String(ManifestJson.write(manifest), UTF_8));
        }
        return 0;
    }
}
