package dev.colorstream.producertools.results;

import dev.colorstream.producertools.photos.SafeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** A folder, made where it does not exist; a file that is there already is replaced where it differs. */
final class FolderDestination implements Destination {
    private final Path folder;

    FolderDestination(Path folder) {
        this.folder = folder;
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        Path target = SafeName.in(folder, name)
                .orElseThrow(() -> new IOException("its name leaves the folder " + folder + ": rename the photo"));
        if (holds(target, content)) {
            return;
        }
        Path parent = target.toAbsolutePath().getParent();
        Files.createDirectories(parent == null ? folder : parent);
        Path part = Files.createTempFile(parent, ".colorstream-", ".part");
        try {
            Files.write(part, content);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public void complete() {}

    @Override
    public void close() {}

    private static boolean holds(Path target, byte[] content) throws IOException {
        return Files.isRegularFile(target)
                && Files.size(target) == content.length
                && Arrays.equals(Files.readAllBytes(target), content);
    }
}
