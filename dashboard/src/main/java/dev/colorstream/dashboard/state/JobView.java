package dev.colorstream.dashboard.state;

import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.job.JobState.Phase;
import java.time.Instant;
import java.util.Optional;

/**
 * A job, as all its photos make it.
 *
 * @param id the job's, or {@link PhotoState#NO_JOB}
 * @param state as its uploader told it, if any did
 * @param tally each photo counted once, however often it was asked for or ended
 * @param firstAt when it was first heard of
 * @param lastAt when it last changed
 * @param deleted whether it was, and nobody told of it again; its photos, which may outlive it, still count
 */
public record JobView(
        String id, Optional<JobState> state, Tally tally, Instant firstAt, Instant lastAt, boolean deleted) {
    static JobView begun(String id, Instant at) {
        return new JobView(id, Optional.empty(), Tally.NONE, at, at, false);
    }

    JobView counted(Tally difference, Instant at) {
        return new JobView(id, state, tally.plus(difference), firstAt, at.isAfter(lastAt) ? at : lastAt, deleted);
    }

    JobView told(JobState told) {
        return new JobView(
                id,
                Optional.of(told),
                tally,
                firstAt.isBefore(told.openedAt()) ? firstAt : told.openedAt(),
                lastAt,
                false);
    }

    JobView forgotten() {
        return new JobView(id, Optional.empty(), tally, firstAt, lastAt, true);
    }

    /** How many photos it has, as far as is known. */
    public long expected() {
        return Math.max(tally.photos(), state.map(JobState::photos).orElse(0L));
    }

    /** Whether no photo is waited for any more. */
    public boolean isDone() {
        boolean open = state.map(told -> told.phase() == Phase.OPEN).orElse(false);
        boolean cancelled = state.map(told -> told.phase() == Phase.CANCELLED).orElse(false);
        return cancelled || (!open && tally.colored() + tally.failures() >= expected());
    }
}
