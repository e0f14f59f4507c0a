package dev.colorstream.worker.modelversion;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.storage.modelregistry.LookupOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;

/**
 * The version of a folder, and behind it those of another source.
 *
 * @param name what it is served as
 * @param others has all other versions; closed with this
 */
public record FolderVersion(ModelVersionId name, ModelVersionFolder folder, VersionSource others)
        implements VersionSource {
    @Override
    public LookupOutcome<ModelVersionFolder> find(ModelVersionId version) {
        return version.equals(name) ? new LookupOutcome.Found<>(folder) : others.find(version);
    }

    @Override
    public void forget(ModelVersionId version) {
        if (!version.equals(name)) {
            others.forget(version);
        }
    }

    @Override
    public void close() {
        others.close();
    }
}
