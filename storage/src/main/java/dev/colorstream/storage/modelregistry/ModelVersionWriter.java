package dev.colorstream.storage.modelregistry;

import dev.colorstream.contract.model.ManifestJson;
import dev.colorstream.contract.model.ModelManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Writes a model version into a folder: its files first, its manifest last, each whole or not at all, so that a version
 * whose writing broke off does not exist. Failures of the disk are {@link UncheckedIOException}. Not safe from several
 * threads.
 */
public final class ModelVersionWriter {
    private final Path folder;
    private final Map<String, String> hashes = new TreeMap<>();

    /**
     * A writer into that folder, which is made where there is none.
     *
     * @throws IllegalStateException where a finished version lies in it
     */
    public ModelVersionWriter(Path folder) {
        this.folder = folder;
        if (Files.exists(folder.resolve(ModelManifest.FILE_NAME))) {
            throw new IllegalStateException(
                    folder + " holds a finished model version: versions never change, choose another folder");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + folder, e);
        }
    }

    /** Writes a file's content to the path that it is given. */
    public interface FileContent {
        /** Writes it all; the file is closed afterwards. */
        void writeTo(Path file) throws IOException;
    }

    /**
     * Writes a file of the version.
     *
     * @param name its plain name, such as {@code network.zip}
     * @return its SHA-256
     */
    public String write(String name, FileContent content) {
        String sha256 = write(folder, name, content);
        hashes.put(name, sha256);
        return sha256;
    }

    /**
     * Adds a file to a finished version, whose other files stay as they are: the file first, then the manifest that
     * names it in place of the one that did not.
     *
     * @throws IllegalStateException where the version has such a file
     */
    public static ModelVersionFolder add(ModelVersionFolder version, String name, FileContent content) {
        if (version.has(name)) {
            throw new IllegalStateException(
                    version.folder() + " has a file " + name + ": a version's files never change");
        }
        String sha256 = write(version.folder(), name, content);
        Path manifest = version.folder().resolve(ModelManifest.FILE_NAME);
        try {
            byte[] changed = ManifestJson.withFile(Files.readAllBytes(manifest), name, sha256);
            write(version.folder(), ModelManifest.FILE_NAME, file -> Files.write(file, changed));
            return new ModelVersionFolder(version.folder(), ManifestJson.read(changed));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + manifest, e);
        }
    }

    /**
     * Writes the manifest: from now on the version exists.
     *
     * @param manifest makes it from the SHA-256 of each file that was written, by name
     */
    public ModelVersionFolder seal(Function<Map<String, String>, ModelManifest> manifest) {
        ModelManifest sealed = manifest.apply(Map.copyOf(hashes));
        write(folder, ModelManifest.FILE_NAME, file -> Files.write(file, ManifestJson.write(sealed)));
        return new ModelVersionFolder(folder, sealed);
    }

    /** Writes a file whole or not at all and gives its SHA-256. */
    private static String write(Path folder, String name, FileContent content) {
        Path unfinished = folder.resolve(name + ".unfinished");
        try {
            content.writeTo(unfinished);
            String sha256 = ModelVersionFolder.sha256(unfinished);
            Files.move(
                    unfinished,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return sha256;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder.resolve(name), e);
        }
    }
}
