package dev.colorstream.producertools.upload;

import dev.colorstream.contract.job.JobPage.JobPhoto;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Photos that are listed together, once the requests of all have arrived or failed. */
final class Window {
    private final List<JobPhoto> photos = new ArrayList<>();
    private final Semaphore ended = new Semaphore(0);

    void add(JobPhoto photo) {
        photos.add(photo);
    }

    /** Its photos in the order they were sent. */
    List<JobPhoto> photos() {
        return photos;
    }

    /** A photo's request has arrived or failed. From any thread. */
    void ended() {
        ended.release();
    }

    /** Waits until each photo's has. */
    void await() {
        ended.acquireUninterruptibly(photos.size());
    }
}
