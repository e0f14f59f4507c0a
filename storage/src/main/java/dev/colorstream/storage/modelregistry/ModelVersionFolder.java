package dev.colorstream.storage.modelregistry;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.model.MalformedManifestException;
import dev.colorstream.contract.model.ManifestJson;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.NewerManifestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A whole model version in a local folder: every file was there with the hash that the manifest tells when it was opened.
 *
 * @param folder where the files lie
 * @param manifest what is known of the version
 */
public record ModelVersionFolder(Path folder, ModelManifest manifest) {
    /** The network's file in every version that Deeplearning4j serves. */
    public static final String NETWORK = "network.zip";

    /** The network's file in every version that ONNX Runtime can serve. */
    public static final String ONNX_NETWORK = "network.onnx";

    /** Opens a version's folder and checks all its files. */
    public static FolderOutcome open(Path folder) {
        Path manifestFile = folder.resolve(ModelManifest.FILE_NAME);
        if (!Files.isRegularFile(manifestFile)) {
            return new FolderOutcome.Refused(folder
                    + (Files.isDirectory(folder)
                            ? " has no " + ModelManifest.FILE_NAME + ": it is no finished model version"
                            : " is no folder: name the folder of a model version"));
        }
        try {
            ModelManifest manifest = ManifestJson.read(Files.readAllBytes(manifestFile));
            for (Map.Entry<String, String> file : new TreeMap<>(manifest.files()).entrySet()) {
                Path path = folder.resolve(file.getKey());
                if (!Files.isRegularFile(path)) {
                    return new FolderOutcome.Refused(
                            path + " is missing, the manifest names it: copy the whole folder");
                }
                if (!sha256(path).equals(file.getValue())) {
                    return new FolderOutcome.Refused(
                            path + " is not the file of the manifest, its SHA-256 differs: copy the folder anew");
                }
            }
            return new FolderOutcome.Opened(new ModelVersionFolder(folder, manifest));
        } catch (MalformedManifestException | NewerManifestException e) {
            return new FolderOutcome.Refused(manifestFile + ": " + e.getMessage());
        } catch (IOException e) {
            return new FolderOutcome.Refused(folder + " cannot be read: " + e);
        }
    }

    /** Whether the version has a file of that name. */
    public boolean has(String name) {
        return manifest.files().containsKey(name);
    }

    /**
     * The path of a file of the version.
     *
     * @throws IllegalArgumentException for a file that the manifest does not name
     */
    public Path file(String name) {
        if (!has(name)) {
            throw new IllegalArgumentException("version " + manifest.version() + " has no file " + name + "; it has "
                    + new TreeMap<>(manifest.files()).keySet());
        }
        return folder.resolve(name);
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = Hashes.sha256();
        try (InputStream bytes = Files.newInputStream(file);
                OutputStream sum = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            bytes.transferTo(sum);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
