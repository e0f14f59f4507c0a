package dev.colorstream.storage.modelregistry;

/** What asking the registry for a version gives: the version as a T, or why it cannot be had. */
public sealed interface LookupOutcome<T> {
    /** The version is there and whole. */
    record Found<T>(T value) implements LookupOutcome<T> {}

    /** The version cannot be had. */
    sealed interface Unusable<T> extends LookupOutcome<T> {
        /** Why, and the mend, in one line. */
        String reason();
    }

    /**
     * The registry has no such version.
     *
     * @param reason names the version and the mend, in one line
     */
    record Unknown<T>(String reason) implements Unusable<T> {}

    /**
     * The version has lost a file, or has one that is not its own, or a manifest that cannot be read.
     *
     * @param reason names the object and the mend, in one line
     */
    record Damaged<T>(String reason) implements Unusable<T> {}

    /**
     * The version's manifest has a form that only newer versions of Colorstream read.
     *
     * @param reason names the manifest and the mend, in one line
     */
    record Newer<T>(String reason) implements Unusable<T> {}
}
