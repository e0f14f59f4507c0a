package dev.colorstream.producertools.results;

import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.result.ColorizeResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of the photos of a job: which are expected, and the newest result of each. */
public final class JobOutcome {
    private final Map<RequestId, JobPhoto> expected = new LinkedHashMap<>();
    private final Map<RequestId, ColorizeResult> newest = new LinkedHashMap<>();

    public JobOutcome(List<JobPhoto> photos) {
        photos.forEach(photo -> expected.put(photo.request(), photo));
    }

    /** Takes a result, in the order of the topic; empty for a request that is not expected, else its photo. */
    public Optional<JobPhoto> take(ColorizeResult result) {
        JobPhoto photo = expected.get(result.requestId());
        if (photo != null) {
            newest.put(result.requestId(), result);
        }
        return Optional.ofNullable(photo);
    }

    /** The photos of the job, in the order they were uploaded. */
    public List<JobPhoto> photos() {
        return new ArrayList<>(expected.values());
    }

    /** The newest result of the request, if one has come. */
    public Optional<ColorizeResult> result(RequestId request) {
        return Optional.ofNullable(newest.get(request));
    }

    /** Whether every photo has a result. */
    public boolean isComplete() {
        return newest.size() == expected.size();
    }
}
