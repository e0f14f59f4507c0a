package dev.colorstream.storage.modelregistry;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest;
import java.util.List;
import java.util.Map;

/**
 * The versions that the registry has.
 *
 * @param whole those that can be served, the oldest first
 * @param unusable those that have a manifest and yet cannot be served, with the reason in one line
 */
public record RegisteredVersions(List<ModelManifest> whole, Map<ModelVersionId, String> unusable) {
    public RegisteredVersions {
        whole = List.copyOf(whole);
        unusable = Map.copyOf(unusable);
    }
}
