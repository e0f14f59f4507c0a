package dev.colorstream.colorizer.image;

/** What decoding a file gives. */
public sealed interface DecodeOutcome permits DecodeOutcome.Decoded, Rejected {
    /** A whole photo. */
    record Decoded(Photo photo) implements DecodeOutcome {}
}
