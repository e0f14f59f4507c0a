package dev.colorstream.worker.microbatch;

/** Where a photo may sit in a micro-batch. */
enum Seat {
    /** Beside others, first come, first served. */
    ANY,
    /** Before others, on one of the seats that are kept for photos that must not wait behind a bulk job. */
    RESERVED,
    /** In a batch of its own. */
    ALONE
}
