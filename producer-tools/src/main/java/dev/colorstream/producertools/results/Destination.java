package dev.colorstream.producertools.results;

import dev.colorstream.producertools.photos.ArchiveKind;
import dev.colorstream.storage.objectstore.ObjectContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Where color photos go, under names of their own. Safe from several threads. */
interface Destination extends AutoCloseable {
    /** Puts the photo there, whole or not at all. */
    void put(String name, ObjectContent content) throws IOException;

    /** A folder beside it, where photos may lie that are on their way. */
    Path folder();

    /** Ends it; an archive is there only now. */
    void complete() throws IOException;

    /** Lets go of it; an archive that is not complete is dropped. */
    @Override
    void close() throws IOException;

    /** A new file in the folder, for what is not whole yet; who may read it is as usual for new files of this user. */
    static Path newPart(Path folder) throws IOException {
        return Files.createFile(folder.resolve(".colorstream-" + UUID.randomUUID() + ".part"));
    }

    /** The archive that the path's ending calls, else the folder. */
    static Destination at(Path path, Clock clock) throws IOException {
        Optional<ArchiveKind> kind = ArchiveKind.ofName(path.toString());
        return kind.isPresent() ? new ArchiveDestination(path, kind.orElseThrow(), clock) : new FolderDestination(path);
    }
}
