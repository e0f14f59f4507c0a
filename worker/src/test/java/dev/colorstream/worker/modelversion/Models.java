package dev.colorstream.worker.modelversion;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.NoNetwork;
import dev.colorstream.colorizer.network.TrainableNetwork;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import dev.colorstream.storage.modelregistry.LookupOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.ModelVersionWriter;
import dev.colorstream.storage.modelregistry.ModelVersionWriter.FileContent;
import dev.colorstream.worker.configuration.Engine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Model versions with real networks of random weights, whole and damaged. */
public final class Models {
    public static final ModelVersionId VERSION = new ModelVersionId("untrained");
    public static final double TEMPERATURE = 0.7;
    private static final String ARCHITECTURE = "eccv16-small";
    private static final int INPUT_SIZE = 32;

    /** So large that no heap holds a photo of it. */
    private static final int ABSURD_SIZE = 46_336;

    private Models() {}

    /** Writes a version into a folder below that directory. */
    public static Path write(Path directory) {
        return write(directory, VERSION, 42).folder();
    }

    /** Writes a version whose weights follow from the seed. */
    public static ModelVersionFolder write(Path directory, ModelVersionId version, long seed) {
        return write(directory, version, network(seed, 1), ARCHITECTURE, INPUT_SIZE, AbBins.COUNT);
    }

    /** A version that predicts colors themselves, with global features. */
    static Path writeFusion(Path directory) {
        Architecture architecture = Architecture.named("fusion-small");
        FileContent content = file -> {
            try (TrainableNetwork network = TrainableNetwork.initialized(architecture, INPUT_SIZE, plan(42), 3)) {
                NetworkFile.write(file, architecture, INPUT_SIZE, network.averagedWeights());
            }
        };
        return write(directory, VERSION, content, "fusion-small", INPUT_SIZE, 0).folder();
    }

    /** A version whose network's file is none, though it is the file of the manifest. */
    static ModelVersionFolder writeCorrupt(Path directory, ModelVersionId version) {
        FileContent content = file -> Files.write(file, new byte[] {'P', 'K', 3, 4, 0, 0, 1, 2, 3});
        return write(directory, version, content, ARCHITECTURE, INPUT_SIZE, AbBins.COUNT);
    }

    /** A version with weights that are no numbers. */
    static ModelVersionFolder writeNotFinite(Path directory, ModelVersionId version) {
        return write(directory, version, network(1, -1), ARCHITECTURE, INPUT_SIZE, AbBins.COUNT);
    }

    /** A version whose manifest tells that many bins. */
    static ModelVersionFolder writeWithBins(Path directory, ModelVersionId version, int bins) {
        return write(directory, version, network(1, 1), ARCHITECTURE, INPUT_SIZE, bins);
    }

    /** A version of a network that nobody knows. */
    static ModelVersionFolder writeOfArchitecture(Path directory, ModelVersionId version, String architecture) {
        return write(directory, version, network(1, 1), architecture, INPUT_SIZE, AbBins.COUNT);
    }

    /** A version that no machine has the memory to run once. */
    static ModelVersionFolder writeFailingInWarmUp(Path directory, ModelVersionId version) {
        return write(directory, version, network(1, 1), ARCHITECTURE, ABSURD_SIZE, AbBins.COUNT);
    }

    /** Versions of which there is none. */
    public static ServedVersions none() {
        VersionSource empty = new VersionSource() {
            @Override
            public LookupOutcome<ModelVersionFolder> find(ModelVersionId version) {
                return new LookupOutcome.Unknown<>("none");
            }

            @Override
            public void forget(ModelVersionId version) {}

            @Override
            public void close() {}
        };
        Preparation preparation = new Preparation(new EngineChoice(Engine.NONE, Duration.ZERO), 1, 1, Duration.ZERO);
        return new ServedVersions(empty, preparation, 3, new SimpleMeterRegistry(), state -> {});
    }

    /** A lease that holds nothing, of a version that predicts grays at once. */
    public static Lease lease() {
        ServedModel model = new ServedModel(VERSION, Palette.DEFAULT, Colorizer.of(new NoNetwork(INPUT_SIZE, 0)));
        return new Lease() {
            @Override
            public ServedModel model() {
                return model;
            }

            @Override
            public void close() {}
        };
    }

    private static TrainableNetwork.Plan plan(long seed) {
        return new TrainableNetwork.Plan(1e-3, 1, 2, 0, 0, seed);
    }

    /** @param firstBin how probable the first bin is at first, against 1 for the others: a negative one has no logarithm */
    private static FileContent network(long seed, double firstBin) {
        Architecture architecture = Architecture.named(ARCHITECTURE);
        double[] prior = new double[AbBins.COUNT];
        Arrays.fill(prior, 1.0 / AbBins.COUNT);
        prior[0] *= firstBin;
        return file -> {
            try (TrainableNetwork network = TrainableNetwork.initialized(architecture, INPUT_SIZE, plan(seed), prior)) {
                NetworkFile.write(file, architecture, INPUT_SIZE, network.averagedWeights());
            }
        };
    }

    private static ModelVersionFolder write(
            Path directory, ModelVersionId version, FileContent network, String architecture, int inputSize, int bins) {
        ModelVersionWriter writer = new ModelVersionWriter(directory.resolve(version.value()));
        writer.write(ModelVersionFolder.NETWORK, network);
        return writer.seal(files -> new ModelManifest(
                version,
                architecture,
                inputSize,
                bins > 0 ? PredictionKind.BIN_DISTRIBUTION : PredictionKind.AB_PLANE,
                bins,
                bins > 0 ? Optional.of(TEMPERATURE) : Optional.empty(),
                files,
                new ModelManifest.Training("none", Map.of(), 42, Optional.empty(), "unknown"),
                new ModelManifest.Environment("17", "Linux", "amd64"),
                Map.of(),
                Instant.EPOCH));
    }
}
