package dev.colorstream.storage.modelregistry;

/** What opening a model version's folder gives. */
public sealed interface FolderOutcome {
    /** A whole version. */
    record Opened(ModelVersionFolder version) implements FolderOutcome {}

    /**
     * No version, or a damaged one.
     *
     * @param reason names the file and the mend, in one line
     */
    record Refused(String reason) implements FolderOutcome {}
}
