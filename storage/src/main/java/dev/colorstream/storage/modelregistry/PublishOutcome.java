package dev.colorstream.storage.modelregistry;

import dev.colorstream.contract.ModelVersionId;

/** What publishing a version gives. */
public sealed interface PublishOutcome {
    /** The version is in the registry, whole, since just now. */
    record Published(ModelVersionId version) implements PublishOutcome {}

    /** The same version was in the registry before; files of it that were missing or damaged there are mended. */
    record AlreadyPublished(ModelVersionId version) implements PublishOutcome {}

    /**
     * Another version has that id, and stays as it is.
     *
     * @param reason names the version and the mend, in one line
     */
    record Refused(String reason) implements PublishOutcome {}
}
