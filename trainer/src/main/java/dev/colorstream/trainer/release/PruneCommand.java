package dev.colorstream.trainer.release;

import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trainer prune}: deletes old versions that no channel needs. */
@Command(
        name = "prune",
        description = "Deletes the oldest versions of the registry, never one that a channel serves or that a rollback "
                + "would go back to.",
        mixinStandardHelpOptions = true)
public final class PruneCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--keep", required = true, description = "How many of the newest versions stay, at least 1.")
    private int keep;

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    public PruneCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (keep < 1) {
            throw new ParameterException(spec.commandLine(), "--keep " + keep + " is not 1 or more");
        }
        try (ObjectStore store = connections.openStore(environment);
                // While it is open nothing is announced by an older trainer that could name a version deleted here.
                Announcer announcer = Announcer.open(connections.kafka(environment))) {
            List<ModelVersionId> deleted = new ModelRegistry(store, Buckets.MODELS)
                    .prune(keep, announcer.channels().named());
            deleted.forEach(version -> spec.commandLine().getOut().println("deleted " + version));
            if (deleted.isEmpty()) {
                spec.commandLine().getOut().println("nothing to delete");
            }
        }
        return 0;
    }
}
