package dev.colorstream.producertools.results;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.result.ColorizeResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The photos of a job and the newest verdict on each. A result may come before its photo is listed; a photo that is listed
 * again under its name takes the place of the earlier one.
 */
public final class JobLedger {
    private final JobId job;
    private final Map<String, Line> byName = new LinkedHashMap<>();
    private final Map<RequestId, Line> byRequest = new HashMap<>();
    private final Map<RequestId, Verdict> early = new HashMap<>();
    private long colored;
    private long failed;

    JobLedger(JobId job) {
        this.job = job;
    }

    /** Lists the photo; tells the verdict that came before it, if one did. */
    Optional<Verdict> list(JobPhoto photo) {
        Line line = new Line(photo);
        Line replaced = byName.put(photo.name(), line);
        if (replaced != null) {
            byRequest.remove(replaced.photo.request());
            count(replaced.verdict, -1);
        }
        byRequest.put(photo.request(), line);
        line.verdict = early.remove(photo.request());
        count(line.verdict, 1);
        return Optional.ofNullable(line.verdict);
    }

    /** Forgets the photos that were listed. */
    void clear() {
        byName.clear();
        byRequest.clear();
        colored = 0;
        failed = 0;
    }

    /** Takes a result, in the order of the topic; tells its photo, empty where none of that request is listed. */
    Optional<JobPhoto> take(ColorizeResult result) {
        Line line = byRequest.get(result.requestId());
        if (line == null) {
            if (result.jobId().filter(job::equals).isPresent()) {
                early.put(result.requestId(), Verdict.of(result));
            }
            return Optional.empty();
        }
        count(line.verdict, -1);
        line.verdict = Verdict.of(result);
        count(line.verdict, 1);
        return Optional.of(line.photo);
    }

    /** The request was asked again: what was told of it before counts no longer. */
    void withdraw(RequestId request) {
        early.remove(request);
        Line line = byRequest.get(request);
        if (line != null) {
            count(line.verdict, -1);
            line.verdict = null;
        }
    }

    /** How far the job is. */
    public JobCount count() {
        return new JobCount(byName.size(), colored, failed);
    }

    /** Shows each photo with its verdict, null where there is none yet, in the order they were listed. */
    public void forEach(BiConsumer<JobPhoto, @Nullable Verdict> reader) {
        byName.values().forEach(line -> reader.accept(line.photo, line.verdict));
    }

    private void count(@Nullable Verdict verdict, int by) {
        if (verdict instanceof Verdict.Colored) {
            colored += by;
        } else if (verdict != null) {
            failed += by;
        }
    }

    private static final class Line {
        private final JobPhoto photo;
        private @Nullable Verdict verdict;

        private Line(JobPhoto photo) {
            this.photo = photo;
        }
    }
}
