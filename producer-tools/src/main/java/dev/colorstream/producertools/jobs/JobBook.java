package dev.colorstream.producertools.jobs;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.job.JobRecord;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.job.JobState.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was told of one job so far: how it stands, and its photos, of which the newest of a name counts. */
public final class JobBook {
    private final JobId job;
    private final Map<String, RequestId> requests = new LinkedHashMap<>();
    private @Nullable JobState state;
    private Instant openedAt = Instant.MIN;
    private int pages;

    public JobBook(JobId job) {
        this.job = job;
    }

    /** The job of which it tells. */
    public JobId job() {
        return job;
    }

    /** Takes a record, in the order of the topic; those of other jobs are passed over. Returns the photos that are new. */
    public List<JobPhoto> take(JobRecord told) {
        if (!told.job().equals(job)) {
            return List.of();
        }
        if (told instanceof JobState next) {
            if (next.openedAt().isBefore(openedAt)) {
                return List.of();
            }
            begin(next.openedAt());
            state = next;
        } else if (told instanceof JobPage page) {
            return take(page);
        } else {
            forget();
        }
        return List.of();
    }

    /** How the job stands; empty where nothing is known of it. */
    public Optional<JobState> state() {
        return Optional.ofNullable(state);
    }

    /** Whether the job is in that phase. */
    public boolean isIn(Phase phase) {
        return state != null && state.phase() == phase;
    }

    /** Whether all photos of the job are known. */
    public boolean isComplete() {
        return state != null && state.phase() == Phase.SEALED && requests.size() >= state.photos();
    }

    /** Its photos in the order they were first listed. */
    public List<JobPhoto> photos() {
        List<JobPhoto> photos = new ArrayList<>(requests.size());
        requests.forEach((name, request) -> photos.add(new JobPhoto(request, name)));
        return photos;
    }

    /** How many photos are known. */
    public int size() {
        return requests.size();
    }

    /** Whether a photo of that name is listed. */
    public boolean names(String name) {
        return requests.containsKey(name);
    }

    /** Whether this very request is what stands for its photo. */
    public boolean lists(JobPhoto photo) {
        return photo.request().equals(requests.get(photo.name()));
    }

    /** The number of the page that comes next. */
    public int nextPage() {
        return pages;
    }

    private List<JobPhoto> take(JobPage page) {
        if (page.uploadStartedAt().isBefore(openedAt)) {
            return List.of();
        }
        begin(page.uploadStartedAt());
        pages = Math.max(pages, page.number() + 1);
        List<JobPhoto> fresh = new ArrayList<>();
        for (JobPhoto photo : page.photos()) {
            if (!photo.request().equals(requests.put(photo.name(), photo.request()))) {
                fresh.add(photo);
            }
        }
        return fresh;
    }

    private void begin(Instant opened) {
        if (opened.isAfter(openedAt)) {
            forget();
            openedAt = opened;
        }
    }

    private void forget() {
        requests.clear();
        state = null;
        pages = 0;
    }
}
