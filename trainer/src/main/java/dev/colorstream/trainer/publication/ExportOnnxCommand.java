package dev.colorstream.trainer.publication;

import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.FolderOutcome.Refused;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.ModelVersionWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trainer export-onnx}: adds {@code network.onnx} to a model version that has none. */
@Command(
        name = "export-onnx",
        description = "Adds network.onnx to a model version, for workers with the engine onnxruntime.",
        mixinStandardHelpOptions = true)
public final class ExportOnnxCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, description = "Folder of the model version.")
    private Path model = Path.of(".");

    @Override
    public Integer call() throws IOException {
        FolderOutcome outcome = ModelVersionFolder.open(model);
        if (outcome instanceof Refused refused) {
            throw new IOException(refused.reason());
        }
        ModelVersionFolder version = ((Opened) outcome).version();
        if (version.has(ModelVersionFolder.ONNX_NETWORK)) {
            System.out.println(version.file(ModelVersionFolder.ONNX_NETWORK) + " is there already");
            return 0;
        }
        ModelManifest manifest = version.manifest();
        Path network = version.file(ModelVersionFolder.NETWORK);
        Architecture architecture = Architecture.named(manifest.architecture())
                .predicting(Head.named(manifest.prediction().wireName()));
        ModelVersionFolder extended = ModelVersionWriter.add(version, ModelVersionFolder.ONNX_NETWORK, file -> {
            double apart = OnnxExport.write(
                    file,
                    NetworkFile.read(network, architecture),
                    architecture,
                    manifest.inputSize(),
                    manifest.version());
            System.out.printf(Locale.ROOT, "Colors lie at most %.4f from Deeplearning4j's in a and b%n", apart);
        });
        System.out.println("Added " + extended.file(ModelVersionFolder.ONNX_NETWORK));
        return 0;
    }
}
