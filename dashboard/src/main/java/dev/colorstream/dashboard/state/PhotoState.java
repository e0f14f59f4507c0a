package dev.colorstream.dashboard.state;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of one photo. Its parts may become known in any order.
 *
 * @param name in its job's list, if it was listed
 * @param request what was asked for, once that was read
 * @param result how it ended; of several the newest, none once that was withdrawn
 * @param changedAt when the topics last told of it
 */
public record PhotoState(
        RequestId id,
        Optional<JobId> job,
        Optional<String> name,
        Optional<ColorizeRequest> request,
        Optional<ColorizeResult> result,
        Instant changedAt) {
    /** Stands for the job of photos that belong to none; no job id starts so. */
    public static final String NO_JOB = "_single";

    /** A photo of which nothing was told yet. */
    static PhotoState unheardOf(RequestId id) {
        return new PhotoState(
                id, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Instant.EPOCH);
    }

    /** What is known after the event. A repeated request changes nothing: a result that is there holds until withdrawn. */
    PhotoState after(PhotoEvent event, Instant at) {
        Instant changed = at.isAfter(changedAt) ? at : changedAt;
        if (event instanceof PhotoEvent.Asked asked) {
            return request.isPresent()
                    ? this
                    : new PhotoState(
                            id,
                            job.or(() -> asked.request().job()),
                            name,
                            Optional.of(asked.request()),
                            result,
                            changed);
        }
        if (event instanceof PhotoEvent.Listed listed) {
            return name.isPresent()
                    ? this
                    : new PhotoState(
                            id, Optional.of(listed.job()), Optional.of(listed.name()), request, result, changed);
        }
        if (event instanceof PhotoEvent.Withdrawn) {
            return result.isEmpty() ? this : new PhotoState(id, job, name, request, Optional.empty(), changed);
        }
        ColorizeResult told = ((PhotoEvent.Ended) event).result();
        return new PhotoState(id, job.or(told::jobId), name, request, Optional.of(told), changed);
    }

    /** Its job's id, or {@link #NO_JOB}. */
    public String scope() {
        return job.map(JobId::value).orElse(NO_JOB);
    }

    public PhotoStatus status() {
        return result.map(ended -> ended instanceof Colored ? PhotoStatus.COLORED : PhotoStatus.FAILED)
                .orElse(PhotoStatus.WAITING);
    }

    /** The gray photo, as far as it is known. */
    public Optional<ObjectAddress> source() {
        return request.map(ColorizeRequest::source)
                .or(() -> result.flatMap(ended ->
                        ended instanceof Colored colored ? Optional.of(colored.source()) : ((Failed) ended).source()));
    }

    /** The name to show: as listed, else the last part of the gray photo's key, else the id. */
    public String title() {
        return name.or(() -> source().map(ObjectAddress::key))
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .filter(last -> !last.isBlank())
                .orElse(id.value());
    }

    /** This photo alone, counted. */
    Tally tally() {
        return switch (status()) {
            case WAITING -> new Tally(1, 0, Map.of());
            case COLORED -> new Tally(0, 1, Map.of());
            case FAILED -> new Tally(0, 0, Map.of(((Failed) result.orElseThrow()).reason(), 1L));
        };
    }
}
