package dev.colorstream.storage.objectstore;

import dev.colorstream.contract.ObjectAddress;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A store of objects by bucket and key. Safe from several threads.
 *
 * <p>That something is not there is an answer, and a value. A store that does not answer, refuses the caller, or fails
 * throws {@link StoreUnavailableException} from every method. Under a key with an empty part nothing is there, and nothing
 * can be put.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * The object's bytes.
     *
     * @param maxBytes more are not read, at least 1
     */
    FetchOutcome fetch(ObjectAddress address, long maxBytes);

    /**
     * Writes the object's bytes into a file, over what was in it, without holding them in memory. A download that failed
     * leaves a part of them.
     *
     * @return whether there is such an object; else the file stays as it is
     */
    boolean download(ObjectAddress address, Path file);

    /**
     * Stores an object whole, or not at all, over the one that was there. Its bucket must exist.
     *
     * @param metadata names of lower-case letters, digits and hyphens; values of printable ASCII, without spaces around
     *     them; stores take about 2,000 characters in all
     * @throws IllegalArgumentException for metadata that stores do not keep as they are
     */
    void put(ObjectAddress address, ObjectContent content, String contentType, Map<String, String> metadata);

    /** Stores these bytes; as the other. */
    default void put(ObjectAddress address, byte[] bytes, String contentType, Map<String, String> metadata) {
        put(address, ObjectContent.of(bytes), contentType, metadata);
    }

    /** What is known of the object without its bytes; empty where there is none. */
    Optional<ObjectSummary> stat(ObjectAddress address);

    /**
     * Some of the keys that start with the prefix, in the order of their UTF-8 bytes.
     *
     * @param after only keys behind this one, if any
     * @return empty behind the last key, and where the bucket does not exist
     */
    ObjectPage listPage(String bucket, String prefix, Optional<String> after);

    /** All objects whose keys start with the prefix; pages are fetched as the stream is read. */
    default Stream<ListedObject> list(String bucket, String prefix) {
        Iterator<ListedObject> listing = new Listing(this, bucket, prefix);
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(listing, traits), false);
    }

    /** Whether the bucket exists. */
    boolean hasBucket(String bucket);

    /** Makes the bucket where it does not exist. */
    void ensureBucket(String bucket);

    /** Deletes the object; none there is well, too. */
    void delete(ObjectAddress address);

    /** Ends the connections. */
    @Override
    void close();
}
