package dev.colorstream.worker.modelversion;

/** A photo's hold on a version, whose network stays open while it lasts. Safe from several threads. */
public interface Lease extends AutoCloseable {
    /** The version; after the lease has ended it still has a name, but no network. */
    ServedModel model();

    /** Ends it; again is well, too. */
    @Override
    void close();
}
