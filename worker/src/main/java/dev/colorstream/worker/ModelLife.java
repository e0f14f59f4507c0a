package dev.colorstream.worker;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.ModelStatus;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.worker.announcements.ChannelFollower;
import dev.colorstream.worker.announcements.StatusTeller;
import dev.colorstream.worker.configuration.Engine;
import dev.colorstream.worker.configuration.WorkerConfig;
import dev.colorstream.worker.modelversion.EngineChoice;
import dev.colorstream.worker.modelversion.FolderVersion;
import dev.colorstream.worker.modelversion.Preparation;
import dev.colorstream.worker.modelversion.RegistrySource;
import dev.colorstream.worker.modelversion.ServedVersions;
import dev.colorstream.worker.modelversion.VersionSource;
import dev.colorstream.worker.modelversion.VersionState;
import dev.colorstream.worker.modelversion.VersionState.Refused;
import dev.colorstream.worker.modelversion.VersionState.Retired;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model versions of a worker: those that channels announce and the registry holds, and before the first announcement that
 * of a folder, where one is set.
 */
final class ModelLife implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLife.class);
    private static final ModelVersionId NO_NETWORK = new ModelVersionId("no-network");
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final WorkerConfig config;
    private final Clock clock = Clock.systemUTC();
    private final StatusTeller teller;
    private final ServedVersions versions;
    private final ChannelFollower follower;
    private boolean saidThatItWaits;

    /**
     * Begins to follow the channels, or opens the folder's version.
     *
     * @param store stays the caller's, as does {@code producer}
     * @throws StartRefusedException where the folder holds no version that this worker can serve
     */
    ModelLife(WorkerConfig config, ObjectStore store, Producer<byte[], byte[]> producer, MeterRegistry registry) {
        this.config = config;
        Optional<ModelVersionFolder> folder = config.models().folder().map(ModelLife::opened);
        VersionSource registered = new RegistrySource(new ModelRegistry(store, Buckets.MODELS));
        Optional<FolderVersion> first = folder.map(version -> new FolderVersion(name(version), version, registered));
        teller = new StatusTeller(producer);
        versions = new ServedVersions(
                first.<VersionSource>map(version -> version).orElse(registered),
                new Preparation(
                        new EngineChoice(config.engine(), config.pass()),
                        config.threads().colorize(),
                        config.batch().size(),
                        config.models().warmUpLimit()),
                config.models().most(),
                registry,
                state -> teller.tell(status(state)));
        versions.start();
        follower = new ChannelFollower(config.kafka(), versions::announce);
        first.ifPresent(this::serve);
        follower.start();
    }

    ServedVersions versions() {
        return versions;
    }

    boolean isAlive() {
        return versions.isAlive() && follower.isAlive();
    }

    /** Whether requests can be taken; waits a moment for it. */
    boolean isReady() throws InterruptedException {
        if (follower.hasCaughtUp() && versions.awaitTried(LOOK)) {
            if (versions.isServing()) {
                return true;
            }
            if (!saidThatItWaits) {
                saidThatItWaits = true;
                LOG.warn("Waiting for a model version that can be served: 'colorstream trainer promote' announces one");
            }
        }
        return false;
    }

    private static ModelVersionFolder opened(Path folder) {
        FolderOutcome outcome = ModelVersionFolder.open(folder);
        if (outcome instanceof FolderOutcome.Refused refused) {
            throw new StartRefusedException(StartRefusedException.MODEL, "Model refused: " + refused.reason(), null);
        }
        return ((Opened) outcome).version();
    }

    /** Nobody shall take what no network colored for colored photos. */
    private ModelVersionId name(ModelVersionFolder folder) {
        return config.engine() == Engine.NONE ? NO_NETWORK : folder.manifest().version();
    }

    /** Serves the folder's version as if it had been announced, so that the first real announcement takes its place. */
    private void serve(FolderVersion first) {
        versions.announce(ModelAnnouncement.first(Channel.STABLE, first.name(), 1, clock.instant(), ""));
        try {
            while (versions.isAlive() && !versions.awaitSettled(LOOK)) {
                LOG.debug("Warming up {}", first.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!versions.isServing()) {
            String why = versions.refusalOf(first.name()).map(Refused::detail).orElse("its loading was broken off");
            close();
            throw new StartRefusedException(
                    StartRefusedException.MODEL,
                    "Model refused: " + config.models().folder().orElseThrow() + ": " + why,
                    null);
        }
    }

    private ModelStatus status(VersionState state) {
        Instant now = clock.instant();
        if (state instanceof Refused refused) {
            return new ModelStatus.Refused(
                    config.workerId(), refused.version(), refused.reason(), refused.detail(), now);
        } else if (state instanceof Retired) {
            return new ModelStatus.Retired(config.workerId(), state.version(), now);
        }
        return new ModelStatus.Serving(config.workerId(), state.version(), now);
    }

    /** Ends all versions: when nothing colors any more. */
    @Override
    public void close() {
        follower.close();
        versions.close();
        teller.close();
    }
}
