package dev.colorstream.trainer.publication;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.ReleasedWeights;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.colorizer.torchfile.TorchFile;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.PredictionKind;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.ModelVersionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trainer import-weights}: makes a model version of the weights that the method's authors released. */
@Command(
        name = "import-weights",
        description = "Makes a model version of the ECCV 2016 network that the method's authors released for PyTorch.",
        mixinStandardHelpOptions = true)
public final class ImportWeightsCommand implements Callable<Integer> {
    private static final Architecture ARCHITECTURE = Architecture.named("eccv16");
    private static final int HASH_DIGITS = 8;

    @Parameters(paramLabel = "FILE", description = "colorization_release_v2-*.pth, as torch.save wrote it.")
    private Path file = Path.of(".");

    @Option(names = "--models", defaultValue = "models", description = "Folder that the version's folder goes into.")
    private Path models = Path.of(".");

    @Option(
            names = "--serving-size",
            defaultValue = "256",
            description =
                    "S: the network sees photos as S x S luminance; a multiple of " + Architecture.SIZE_STEP + ".")
    private int servingSize;

    @Option(
            names = "--temperature",
            defaultValue = "1",
            description = "Of the annealed mean, in (0,1]. The released port uses ${DEFAULT-VALUE}, the paper 0.38.")
    private double temperature;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Architecture.requireInputSize(servingSize);
        Weights weights = ReleasedWeights.of(ARCHITECTURE, TorchFile.read(file));
        String fingerprint = Hashes.sha256Hex(Files.readAllBytes(file));
        ModelVersionId version = new ModelVersionId(
                ARCHITECTURE.name() + "-released-" + fingerprint.substring(0, HASH_DIGITS) + "-" + servingSize);
        ModelVersionWriter writer = new ModelVersionWriter(models.resolve(version.value()));
        writer.write(
                ModelVersionFolder.NETWORK, network -> NetworkFile.write(network, ARCHITECTURE, servingSize, weights));
        writer.write(
                ModelVersionFolder.ONNX_NETWORK,
                onnx -> OnnxExport.write(onnx, weights, ARCHITECTURE, servingSize, version));
        writer.write("MODEL_CARD.md", card -> Files.writeString(card, modelCard(version, fingerprint)));
        ModelManifest.Training origin = new ModelManifest.Training(
                fingerprint,
                Map.of("importedFrom", String.valueOf(file.getFileName()), "servingSize", "" + servingSize),
                0,
                Optional.empty(),
                Origin.gitCommit());
        ModelVersionFolder made = writer.seal(files -> new ModelManifest(
                version,
                ARCHITECTURE.name(),
                servingSize,
                PredictionKind.parse(Head.BIN_DISTRIBUTION.wireName()),
                AbBins.COUNT,
                Optional.of(temperature),
                files,
                origin,
                Origin.environment(),
                Map.of(),
                Clock.systemUTC().instant()));
        System.out.println("Made " + made.folder() + "; measure it by: colorstream evaluate PHOTOS --model "
                + made.folder() + " --training-photos PHOTOS");
        return 0;
    }

    private String modelCard(ModelVersionId version, String fingerprint) {
        return String.format(
                Locale.ROOT,
                """
                # %s

                The network of "Colorful Image Colorization" (Zhang, Isola, Efros, ECCV 2016) with the weights that its
                authors released for PyTorch: architecture `%s`, input %d x %d, a distribution over %d ab bins a cell,
                decoded by the annealed mean at T = %s.

                ## Made of
                `%s`, SHA-256 `%s`. Nothing was trained; its authors trained it on ImageNet. Their licence holds.

                ## How good it is
                Not measured on photos of yours: `colorstream evaluate` does.

                ## Limits
                The colors are plausible, not true. They are no evidence of anything, and no ground for a diagnosis.
                """,
                version.value(),
                ARCHITECTURE.name(),
                servingSize,
                servingSize,
                AbBins.COUNT,
                temperature,
                file.getFileName(),
                fingerprint);
    }
}
