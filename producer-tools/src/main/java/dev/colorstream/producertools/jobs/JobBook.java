package dev.colorstream.producertools.jobs;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.job.JobRecord;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.job.JobState.Phase;
import dev.colorstream.producertools.photos.NameTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was told of one job so far: how it stands, and which photos it lists, of which the newest of a name counts. Names
 * and requests are kept as hashes, since a job may list millions.
 */
public final class JobBook {
    private final JobId job;
    private final NameTable requests = new NameTable();
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

    /** How many photos are known. */
    public int size() {
        return requests.size();
    }

    /** Whether this very request is what stands for its photo. */
    public boolean lists(JobPhoto photo) {
        return requests.get(photo.name()) == fingerprint(photo.request());
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
            long request = fingerprint(photo.request());
            if (requests.put(photo.name(), request) != request) {
                fresh.add(photo);
            }
        }
        return fresh;
    }

    private static long fingerprint(RequestId request) {
        byte[] hash = Hashes.sha256().digest(request.value().getBytes(StandardCharsets.UTF_8));
        // Never 0, which stands for no request.
        return ByteBuffer.wrap(hash).getLong() | 1;
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
