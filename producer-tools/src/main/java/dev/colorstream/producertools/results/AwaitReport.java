package dev.colorstream.producertools.results;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import java.util.Map;

/**
 * How waiting for a job ended.
 *
 * @param job that was awaited
 * @param end why waiting ended
 * @param ledger its photos
 * @param refused how many photos its upload could not take
 * @param brought how many color photos were brought where they should be
 * @param undelivered colored photos that could not be brought, and why
 */
public record AwaitReport(
        JobId job, End end, JobLedger ledger, long refused, int brought, Map<RequestId, String> undelivered) {
    public AwaitReport {
        undelivered = Map.copyOf(undelivered);
    }

    /** Why waiting ended. */
    public enum End {
        /** Every photo has its verdict. */
        COMPLETE,
        /** The time was over. */
        TIMED_OUT,
        /** The time was over before the job began. */
        NEVER_BEGUN,
        /** The job was cancelled or deleted. */
        CANCELLED
    }

    /** Whether every photo was colored and brought where it should be. */
    public boolean allColored() {
        JobCount count = ledger.count();
        return end == End.COMPLETE && refused == 0 && undelivered.isEmpty() && count.colored() == count.submitted();
    }
}
