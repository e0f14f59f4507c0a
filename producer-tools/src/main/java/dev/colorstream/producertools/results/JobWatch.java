package dev.colorstream.producertools.results;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.job.JobRecord;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.job.JobState.Phase;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ResultRecord;
import dev.colorstream.producertools.jobs.JobBook;
import dev.colorstream.producertools.jobs.JobsTopic;
import dev.colorstream.producertools.results.AwaitReport.End;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits until every photo of a job has its verdict; the job may begin before, while or after this does. */
public final class JobWatch {
    private static final Duration POLL = Duration.ofMillis(200);

    private final JobsTopic jobs;
    private final Consumer<byte[], byte[]> results;
    private final JobBook book;
    private final JobLedger ledger;
    private final AwaitListener listener;
    private final Clock clock;
    private @Nullable ResultsTail tail;
    private boolean begun;
    private boolean caughtUp;
    private boolean listed;

    /** Knows of the job what is told of it by now. */
    private JobWatch(JobId job, JobsTopic jobs, Consumer<byte[], byte[]> results, AwaitListener listener, Clock clock) {
        this.jobs = jobs;
        this.results = results;
        this.book = new JobBook(job);
        this.ledger = new JobLedger(job);
        this.listener = listener;
        this.clock = clock;
        jobs.readOn(this::take);
    }

    /** Waits until the job has ended, was cancelled, or the deadline has come. */
    public static AwaitReport await(
            JobId job,
            JobsTopic jobs,
            Consumer<byte[], byte[]> results,
            Instant deadline,
            AwaitListener listener,
            Clock clock) {
        JobWatch watch = new JobWatch(job, jobs, results, listener, clock);
        End end = watch.run(deadline);
        watch.tellProgress();
        return watch.report(end);
    }

    /** How far the job is by all results that are there now. */
    public static AwaitReport now(JobId job, JobsTopic jobs, Consumer<byte[], byte[]> results, Clock clock) {
        JobWatch watch = new JobWatch(job, jobs, results, new AwaitListener() {}, clock);
        watch.book.state().ifPresent(state -> {
            while (!watch.caughtUp) {
                watch.readResults(state.resultsFrom());
            }
        });
        return watch.report(watch.endNow());
    }

    private AwaitReport report(End end) {
        return new AwaitReport(
                book.job(), end, ledger, book.state().map(JobState::refused).orElse(0L), 0, Map.of());
    }

    private End endNow() {
        if (book.isIn(Phase.CANCELLED)) {
            return End.CANCELLED;
        }
        boolean complete = book.isComplete() && ledger.count().pending() == 0;
        return complete ? End.COMPLETE : book.state().isPresent() ? End.TIMED_OUT : End.NEVER_BEGUN;
    }

    private End run(Instant deadline) {
        while (true) {
            if (book.state().isPresent()) {
                begun = true;
                readResults(book.state().orElseThrow().resultsFrom());
            }
            if (book.isIn(Phase.CANCELLED) || (begun && book.state().isEmpty())) {
                return End.CANCELLED;
            }
            if (book.isComplete() && !listed) {
                listed = true;
                listener.listed(ledger);
            }
            if (listed && caughtUp && ledger.count().pending() == 0) {
                return End.COMPLETE;
            }
            if (!clock.instant().isBefore(deadline)) {
                return begun ? End.TIMED_OUT : End.NEVER_BEGUN;
            }
            tellProgress();
            jobs.poll(begun ? Duration.ZERO : POLL, this::take);
        }
    }

    private void take(JobRecord told) {
        List<JobPhoto> fresh = book.take(told);
        if (fresh.size() >= book.size()) {
            // The book knows no others: it has begun anew.
            ledger.clear();
        }
        for (JobPhoto photo : fresh) {
            ledger.list(photo).filter(verdict -> caughtUp).ifPresent(verdict -> tell(photo, verdict));
        }
    }

    private void readResults(Map<Integer, Long> from) {
        if (tail == null) {
            tail = ResultsTail.from(results, from);
        }
        for (ResultRecord told : tail.poll(POLL)) {
            told.result().ifPresentOrElse(this::take, () -> ledger.withdraw(told.request()));
        }
        if (!caughtUp && tail.caughtUp()) {
            // Only now is it known which of the earlier results are the newest.
            caughtUp = true;
            ledger.forEach((photo, verdict) -> {
                if (verdict != null) {
                    tell(photo, verdict);
                }
            });
        }
    }

    private void take(ColorizeResult result) {
        ledger.take(result).filter(photo -> caughtUp).ifPresent(photo -> tell(photo, Verdict.of(result)));
    }

    private void tell(JobPhoto photo, Verdict verdict) {
        listener.verdict(photo, verdict, listed);
    }

    private void tellProgress() {
        // Results of before are read within a moment, which is no pace of workers.
        if (begun && caughtUp) {
            listener.progress(ledger.count(), listed);
        }
    }
}
