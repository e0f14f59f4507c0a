package dev.colorstream.worker.modelversion;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.storage.modelregistry.LookupOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;

/**
 * The one version of a folder, and no other.
 *
 * @param name what it is served as
 */
public record FixedVersion(ModelVersionId name, ModelVersionFolder folder) implements VersionSource {
    @Override
    public LookupOutcome<ModelVersionFolder> find(ModelVersionId version) {
        return version.equals(name)
                ? new LookupOutcome.Found<>(folder)
                : new LookupOutcome.Unknown<>("model version " + version + " is not served; " + name + " is");
    }

    @Override
    public void forget(ModelVersionId version) {}

    @Override
    public void close() {}
}
