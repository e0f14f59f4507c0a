package dev.colorstream.dashboard.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is gone when this is closed: what it holds may be larger than memory.
 *
 * @param path where it lies
 */
public record TemporaryFile(Path path) implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    /** An empty file. */
    public static TemporaryFile create() throws IOException {
        return new TemporaryFile(Files.createTempFile("colorstream", null));
    }

    /** Writes the stream into it; whether that ended within the limit. Nothing behind the limit is read. */
    public boolean fill(InputStream in, long maxBytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(path)) {
            byte[] buffer = new byte[BUFFER];
            long copied = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > maxBytes) {
                    return false;
                }
                out.write(buffer, 0, read);
            }
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
