package dev.colorstream.producertools.results;

import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.result.ColorizeResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

/** Waits until every photo of a job has its result. */
public final class JobWatch {
    private static final Duration POLL = Duration.ofMillis(200);

    private final ResultsTail tail;
    private final JobOutcome outcome;
    private final Clock clock;

    public JobWatch(ResultsTail tail, JobOutcome outcome, Clock clock) {
        this.tail = tail;
        this.outcome = outcome;
        this.clock = clock;
    }

    /**
     * Waits until every photo has a result and all results that were there at the begin are read, or the deadline has come.
     *
     * @param newest is told each photo's newest result: once what was there at the begin is read, then as results come
     */
    public void await(Instant deadline, BiConsumer<JobPhoto, ColorizeResult> newest) {
        while (!tail.caughtUp() && clock.instant().isBefore(deadline)) {
            tail.poll(POLL).forEach(outcome::take);
        }
        for (JobPhoto photo : outcome.photos()) {
            outcome.result(photo.request()).ifPresent(result -> newest.accept(photo, result));
        }
        while (!outcome.isComplete() && clock.instant().isBefore(deadline)) {
            for (ColorizeResult result : tail.poll(POLL)) {
                outcome.take(result).ifPresent(photo -> newest.accept(photo, result));
            }
        }
    }
}
