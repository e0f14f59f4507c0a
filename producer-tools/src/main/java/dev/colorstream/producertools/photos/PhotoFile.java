package dev.colorstream.producertools.photos;

import java.io.IOException;
import java.io.InputStream;

/**
 * A photo as it was found.
 *
 * @param name a safe relative path, parted by slashes, no two photos of a walk have the same
 * @param size in bytes as its folder or archive says
 * @param content its bytes; of an archive only while it is visited
 */
public record PhotoFile(String name, long size, Content content) {
    /** Bytes that can be read from their begin, several times. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
