package dev.colorstream.storage.objectstore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes to be stored, of known length, readable from their start as often as a repeated attempt needs. */
public interface ObjectContent {
    /** How many bytes {@link #open} gives. */
    long length();

    /** The bytes from the start; the caller closes them. */
    InputStream open() throws IOException;

    /** These bytes; not copied, not to be changed until they are stored. */
    static ObjectContent of(byte[] bytes) {
        return new ObjectContent() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /** That many zeros. */
    static ObjectContent zeros(long length) {
        return new ObjectContent() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() {
                return new Zeros(length);
            }
        };
    }

    /**
     * A file's bytes; not to be changed until they are stored.
     *
     * @throws UncheckedIOException where there is no such file
     */
    static ObjectContent of(Path file) {
        long length;
        try {
            length = Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return new ObjectContent() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }
}
