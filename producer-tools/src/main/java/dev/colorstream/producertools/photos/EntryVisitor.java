package dev.colorstream.producertools.photos;

import java.io.IOException;
import java.io.InputStream;

/** Is told the files in an archive, in order. */
interface EntryVisitor {
    /**
     * A file.
     *
     * @param size in bytes as the archive says; negative where it does not say
     * @param content opened at most once, while the entry is visited
     */
    void entry(String name, long size, EntryContent content) throws IOException;

    /** A file whose bytes cannot be read, and why. */
    void unreadable(String name, String reason);

    /** Opens an entry's bytes. */
    @FunctionalInterface
    interface EntryContent {
        InputStream open() throws IOException;
    }
}
