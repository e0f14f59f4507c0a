package dev.colorstream.storage.modelregistry;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A local folder of versions, held by one thread of one process while it is open. Versions appear in it whole; what a
 * process left that ended in the middle goes with the next version.
 */
final class VersionCache implements AutoCloseable {
    /** A process cannot lock a file twice. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path folder;
    private final Path unfinished;
    private final FileChannel lock;

    private VersionCache(Path folder, FileChannel lock) {
        this.folder = folder;
        this.unfinished = folder.resolve(".unfinished");
        this.lock = lock;
    }

    /** Opens the cache, when no other holds it any more; it is made where there is none. */
    static VersionCache open(Path folder) {
        IN_THIS_PROCESS.lock();
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return new VersionCache(folder, channel);
        } catch (IOException e) {
            IN_THIS_PROCESS.unlock();
            throw new UncheckedIOException("cannot use the folder " + folder + " for model versions", e);
        }
    }

    /** The version if it lies here undamaged. */
    Optional<ModelVersionFolder> find(ModelVersionId version) {
        return ModelVersionFolder.open(folder.resolve(version.value())) instanceof Opened opened
                        && opened.version().manifest().version().equals(version)
                ? Optional.of(opened.version())
                : Optional.empty();
    }

    /** A writer of the next version. */
    ModelVersionWriter begin() {
        delete(unfinished);
        return new ModelVersionWriter(unfinished);
    }

    /** Takes the version that was written, over a damaged one of that id. */
    ModelVersionFolder finish(ModelVersionId version) {
        Path place = folder.resolve(version.value());
        delete(place);
        try {
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + place, e);
        }
        return find(version)
                .orElseThrow(() -> new IllegalStateException(place + " changed while it was written: check the disk"));
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path one : deepestFirst) {
                Files.delete(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot leave the folder " + folder, e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }
}
