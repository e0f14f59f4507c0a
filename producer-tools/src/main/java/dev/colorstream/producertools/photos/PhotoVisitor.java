package dev.colorstream.producertools.photos;

/** Is told what a walk finds, in order. */
public interface PhotoVisitor {
    /** A photo, or what its name calls one. */
    void photo(PhotoFile photo);

    /** Something that should be uploaded but cannot be, and why. */
    void refused(String name, String reason);

    /** Something that is no photo. */
    void skipped(String name);
}
