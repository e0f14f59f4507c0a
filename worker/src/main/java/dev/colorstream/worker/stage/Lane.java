package dev.colorstream.worker.stage;

/** Which others a photo may have to wait for in the stages. */
public enum Lane {
    /** All that came before it. */
    BULK,
    /** Only those of its own lane: threads, memory and seats in micro-batches are kept for them. */
    EXPRESS
}
