package dev.colorstream.trainer.retraining;

/** What a retraining does next. */
enum Stage {
    /** Waits until a round is due. */
    WAITING,
    /** Trains and makes a version of the best network. */
    TRAINING,
    /** Measures the version beside the one that is served, on held-out photos. */
    JUDGING,
    /** Stores the version in the registry. */
    PUBLISHING,
    /** Announces the version that passed the gate. */
    ANNOUNCING
}
