package dev.colorstream.producertools.results;

import dev.colorstream.producertools.photos.SafeName;
import dev.colorstream.storage.objectstore.ObjectContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** A folder, made where it does not exist; a file that is there already is replaced where it differs. */
final class FolderDestination implements Destination {
    private final Path folder;

    FolderDestination(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath();
        make(this.folder);
        if (!Files.isWritable(folder)) {
            throw new AccessDeniedException(folder.toString());
        }
    }

    /** A link to a folder is one, too. */
    private static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    @Override
    public void put(String name, ObjectContent content) throws IOException {
        Path target = SafeName.in(folder, name)
                .orElseThrow(() -> new IOException("its name leaves the folder " + folder + ": rename the photo"));
        Path parent = Objects.requireNonNullElse(target.getParent(), folder);
        make(parent);
        Path part = Destination.newPart(parent);
        try (InputStream bytes = content.open()) {
            Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
            if (!Files.isRegularFile(target) || Files.mismatch(part, target) >= 0) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public void complete() {}

    @Override
    public void close() {}
}
