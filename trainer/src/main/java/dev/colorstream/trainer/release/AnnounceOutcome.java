package dev.colorstream.trainer.release;

import dev.colorstream.contract.model.ModelAnnouncement;

/** What announcing gives. */
public sealed interface AnnounceOutcome {
    /** The channel serves it from now on. */
    record Announced(ModelAnnouncement announcement) implements AnnounceOutcome {}

    /** The channel serves it already, with that share; nothing was announced. */
    record AlreadyCurrent(ModelAnnouncement announcement) implements AnnounceOutcome {}

    /**
     * Nothing was announced: another announcer was opened meanwhile.
     *
     * @param reason names the channel, in one line
     */
    record Fenced(String reason) implements AnnounceOutcome {}
}
