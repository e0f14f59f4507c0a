package dev.colorstream.trainer.release;

import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.modelregistry.RegisteredVersions;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.trainer.release.AnnounceOutcome.Announced;
import dev.colorstream.trainer.release.AnnounceOutcome.Fenced;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all changes of a channel have in common, and how such a change goes. */
final class ChannelChange {
    @Option(
            names = "--channel",
            defaultValue = "stable",
            description = "stable or canary; ${DEFAULT-VALUE} if left out.")
    private Channel channel = Channel.STABLE;

    @Option(names = "--note", defaultValue = "", description = "Why, for those who read the announcement later.")
    private String note = "";

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    Channel channel() {
        return channel;
    }

    String note() {
        return note;
    }

    /**
     * Announces what {@code next} makes of the channel's current announcement, and says so.
     *
     * @throws ReleaseFailedException where the registry has no whole version of that id, or another trainer was faster
     */
    void announce(
            Map<String, String> environment,
            PrintWriter out,
            Function<Optional<ModelAnnouncement>, ModelAnnouncement> next) {
        try (ObjectStore store = connections.openStore(environment);
                Announcer announcer = Announcer.open(connections.kafka(environment))) {
            Optional<ModelAnnouncement> before = announcer.channels().current(channel);
            ModelAnnouncement announcement = next.apply(before);
            requireWhole(new ModelRegistry(store, Buckets.MODELS), announcement.version());
            AnnounceOutcome outcome = announcer.announce(announcement);
            if (outcome instanceof Fenced fenced) {
                throw new ReleaseFailedException(fenced.reason() + "; see 'list' and try again");
            }
            out.println("channel " + channel.wireName() + " serves " + announcement.version()
                    + (outcome instanceof Announced ? " from now on" : " already")
                    + (channel == Channel.CANARY
                            ? String.format(Locale.ROOT, ", %.4g of the requests", announcement.share())
                            : "")
                    + before.filter(told -> !told.version().equals(announcement.version()))
                            .map(told -> ", after " + told.version())
                            .orElse(""));
        }
    }

    private static void requireWhole(ModelRegistry registry, ModelVersionId version) {
        RegisteredVersions versions = registry.list();
        if (versions.whole().stream().map(ModelManifest::version).noneMatch(version::equals)) {
            String unusable = versions.unusable().get(version);
            throw new ReleaseFailedException(
                    unusable == null
                            ? "the registry has no version " + version
                                    + ": 'list' tells which it has, 'publish' adds one"
                            : unusable);
        }
    }
}
