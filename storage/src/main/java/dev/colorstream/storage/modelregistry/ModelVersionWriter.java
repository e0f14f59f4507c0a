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
     */
    public void write(String name, FileContent content) {
        try {
            Path unfinished = folder.resolve(name + ".unfinished");
            content.writeTo(unfinished);
            hashes.put(name, ModelVersionFolder.sha256(unfinished));
            finish(unfinished, name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder.resolve(name), e);
        }
    }

    /**
     * Writes the manifest: from now on the version exists.
     *
     * @param manifest makes it from the SHA-256 of each file that was written, by name
     */
    public ModelVersionFolder seal(Function<Map<String, String>, ModelManifest> manifest) {
        ModelManifest sealed = manifest.apply(Map.copyOf(hashes));
        try {
            Path unfinished = folder.resolve(ModelManifest.FILE_NAME + ".unfinished");
            Files.write(unfinished, ManifestJson.write(sealed));
            finish(unfinished, ModelManifest.FILE_NAME);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the manifest into " + folder, e);
        }
        return new ModelVersionFolder(folder, sealed);
    }

    private void finish(Path unfinished, String name) throws IOException {
        Files.move(
                unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
