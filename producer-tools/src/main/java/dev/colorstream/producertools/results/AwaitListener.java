package dev.colorstream.producertools.results;

import dev.colorstream.contract.job.JobPage.JobPhoto;

/** Is told how an awaited job goes on. */
public interface AwaitListener {
    /**
     * A photo has a verdict, the newest so far; again when a newer one comes.
     *
     * @param listComplete whether all photos of the job are known by now
     */
    default void verdict(JobPhoto photo, Verdict verdict, boolean listComplete) {}

    /** How far the job is, every few hundred milliseconds. */
    default void progress(JobCount count, boolean listComplete) {}

    /** All photos of the job are known; told once. */
    default void listed(JobLedger ledger) {}
}
