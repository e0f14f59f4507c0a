package dev.colorstream.worker.modelversion;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.storage.modelregistry.LookupOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;

/** Where a worker has versions from. For one thread. */
public interface VersionSource extends AutoCloseable {
    /**
     * The version's files, whole, in a local folder.
     *
     * @throws dev.colorstream.storage.objectstore.StoreUnavailableException where it cannot be told for now
     */
    LookupOutcome<ModelVersionFolder> find(ModelVersionId version);

    /** The version is open, or never will be: its files are not needed any more. */
    void forget(ModelVersionId version);

    @Override
    void close();
}
