package dev.colorstream.colorizer.image;

/**
 * Bytes that do not become a photo.
 *
 * @param reason for programs
 * @param detail for people: what was found, in one line
 */
public record Rejected(RejectionReason reason, String detail)
        implements ColorDecodeOutcome, DecodeOutcome, ProbeOutcome {}
