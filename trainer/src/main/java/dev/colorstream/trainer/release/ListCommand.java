package dev.colorstream.trainer.release;

import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.modelregistry.RegisteredVersions;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code trainer list}: the registry's versions, their figures and the channels that serve them. */
@Command(
        name = "list",
        description = "Lists the registry's versions, the oldest first, and the channels that serve them.",
        mixinStandardHelpOptions = true)
public final class ListCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    public ListCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (ObjectStore store = connections.openStore(environment)) {
            RegisteredVersions versions = new ModelRegistry(store, Buckets.MODELS).list();
            Channels channels = Channels.read(connections.kafka(environment));
            PrintWriter out = spec.commandLine().getOut();
            out.printf(
                    "%-32s %-20s %-14s %7s %9s %7s  %s%n",
                    "version", "created", "network", "AuC", "AuC l=.5", "color", "channels");
            versions.whole().forEach(version -> out.println(line(version, channels)));
            versions.unusable()
                    .forEach(
                            (version, why) -> spec.commandLine().getErr().println("unusable: " + version + ": " + why));
            out.flush();
        }
        return 0;
    }

    private static String line(ModelManifest version, Channels channels) {
        return String.format(
                        Locale.ROOT,
                        "%-32s %-20.19s %-14s %7s %9s %7s  %s",
                        version.version(),
                        version.createdAt(),
                        version.architecture(),
                        figure(version, "auc"),
                        figure(version, "rebalancedAuc"),
                        figure(version, "colorfulnessRatio"),
                        servedBy(version.version(), channels))
                .stripTrailing();
    }

    private static String figure(ModelManifest version, String name) {
        Double figure = version.metrics().get(name);
        return figure == null ? "-" : String.format(Locale.ROOT, "%.2f", figure);
    }

    private static String servedBy(ModelVersionId version, Channels channels) {
        return Arrays.stream(Channel.values())
                .flatMap(channel -> channels.current(channel).stream())
                .filter(told -> told.version().equals(version))
                .map(told -> told.channel() == Channel.STABLE
                        ? told.channel().wireName()
                        : String.format(Locale.ROOT, "%s %.4g", told.channel().wireName(), told.share()))
                .collect(Collectors.joining(", "));
    }
}
