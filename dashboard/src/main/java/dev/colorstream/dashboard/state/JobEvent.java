package dev.colorstream.dashboard.state;

import dev.colorstream.contract.job.JobState;
import java.time.Instant;

/** Something that bears on a job. */
sealed interface JobEvent {
    /** Photos of it changed. */
    record Counted(Tally difference, Instant at) implements JobEvent, PhotoChange {}

    /** It was told how it stands. */
    record Told(JobState state) implements JobEvent {}

    /** It was deleted. */
    record Forgotten() implements JobEvent {}
}
