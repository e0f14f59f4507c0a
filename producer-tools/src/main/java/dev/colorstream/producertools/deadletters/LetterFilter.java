package dev.colorstream.producertools.deadletters;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which dead letters are meant; what is empty admits all.
 *
 * @param job whose requests they are
 * @param reason why they failed
 * @param since they died at this time or later
 * @param until they died before this time
 * @param requests by their ids
 */
public record LetterFilter(
        Optional<JobId> job,
        Optional<FailureReason> reason,
        Optional<Instant> since,
        Optional<Instant> until,
        Set<RequestId> requests) {
    /** Every letter. */
    public static final LetterFilter ALL =
            new LetterFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

    public LetterFilter {
        requests = Set.copyOf(requests);
    }

    boolean admits(Letter letter) {
        return job.filter(wanted -> !letter.job().equals(job)).isEmpty()
                && reason.filter(wanted -> letter.told().reason() != wanted).isEmpty()
                && since.filter(letter.diedAt()::isBefore).isEmpty()
                && until.filter(end -> !letter.diedAt().isBefore(end)).isEmpty()
                && (requests.isEmpty() || requests.contains(letter.told().requestId()));
    }
}
