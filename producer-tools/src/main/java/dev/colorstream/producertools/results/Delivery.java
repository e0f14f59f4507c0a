package dev.colorstream.producertools.results;

import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.producertools.results.AwaitReport.End;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Brings the color photos of a job as they come, to a folder or into an archive, and passes on what it hears. */
public final class Delivery implements AwaitListener, AutoCloseable {
    private final Path path;
    private final Destination destination;
    private final Downloads downloads;
    private final AwaitListener listener;

    /**
     * @param store stays the caller's
     * @param path a folder, or an archive as its ending tells
     * @param listener hears all, too
     * @throws UncheckedIOException when the destination cannot be written
     */
    public Delivery(ObjectStore store, Path path, AwaitListener listener, Clock clock) {
        this.path = path;
        try {
            destination = Destination.at(path, clock);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
        downloads = new Downloads(store, destination);
        this.listener = listener;
    }

    @Override
    public void verdict(JobPhoto photo, Verdict verdict, boolean listComplete) {
        if (verdict instanceof Verdict.Colored colored) {
            downloads.begin(photo, colored.object());
        }
        listener.verdict(photo, verdict, listComplete);
    }

    @Override
    public void progress(JobCount count, boolean listComplete) {
        listener.progress(count, listComplete);
    }

    @Override
    public void listed(JobLedger ledger) {
        downloads.nameAll(ledger);
        listener.listed(ledger);
    }

    /** Waits for what is on its way; the report with what could not be brought. */
    public AwaitReport finish(AwaitReport report) {
        downloads.nameAll(report.ledger());
        Map<RequestId, String> undelivered = downloads.finish();
        int brought = downloads.brought();
        // An archive of an earlier call is better than an empty one.
        if (brought > 0 || (report.end() == End.COMPLETE && undelivered.isEmpty())) {
            complete();
        }
        return new AwaitReport(report.job(), report.end(), report.ledger(), report.refused(), brought, undelivered);
    }

    private void complete() {
        try {
            destination.complete();
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static UncheckedIOException unwritable(Path path, IOException e) {
        return new UncheckedIOException(
                "color photos cannot be written to " + path + " (" + e + "): name a folder or an archive that can be",
                e);
    }

    @Override
    public void close() {
        downloads.close();
        try {
            destination.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
