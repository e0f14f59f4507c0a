package dev.colorstream.connection;

import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import dev.colorstream.storage.objectstore.ResiliencePolicy;
import dev.colorstream.storage.objectstore.ResilientObjectStore;

/** Where S3 is; looked up when it is needed, as not all work needs it. */
@FunctionalInterface
public interface StoreConnection {
    /**
     * Opens the store; the caller closes it.
     *
     * @throws ConnectionFailedException when it is not known how
     */
    ObjectStore open();

    /** A store of S3 that is asked again when it does not answer, and may be far away. */
    static StoreConnection of(ObjectStoreConnection connection) {
        return () -> new ResilientObjectStore(new MinioObjectStore(connection), ResiliencePolicy.SLOW_LINE);
    }
}
