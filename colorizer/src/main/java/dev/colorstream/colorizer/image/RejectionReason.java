package dev.colorstream.colorizer.image;

/** Why bytes do not become a photo. */
public enum RejectionReason {
    /** There are no bytes. */
    EMPTY,
    /** The content is no photo format known. */
    NOT_A_PHOTO,
    /** A photo, in a format or a variant of one that is not read. */
    UNSUPPORTED,
    /** A photo format, but damaged or cut off. */
    CORRUPT,
    /** More bytes than the limit. */
    TOO_MANY_BYTES,
    /** More pixels, or a longer side, than the limit. */
    TOO_MANY_PIXELS
}
