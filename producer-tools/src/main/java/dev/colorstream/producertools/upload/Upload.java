package dev.colorstream.producertools.upload;

import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.job.JobPageJson;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.job.JobState.Phase;
import dev.colorstream.contract.job.JobStateJson;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.producertools.jobs.JobBook;
import dev.colorstream.producertools.jobs.JobsTopic;
import dev.colorstream.producertools.photos.PhotoFile;
import dev.colorstream.producertools.photos.PhotoVisitor;
import dev.colorstream.producertools.photos.PhotoWalk;
import dev.colorstream.producertools.photos.UnpackLimits;
import dev.colorstream.producertools.progress.Progress;
import dev.colorstream.producertools.upload.UploadOutcome.Cancelled;
import dev.colorstream.producertools.upload.UploadOutcome.NothingFound;
import dev.colorstream.producertools.upload.UploadOutcome.OtherOptions;
import dev.colorstream.producertools.upload.UploadOutcome.Overtaken;
import dev.colorstream.producertools.upload.UploadOutcome.Uploaded;
import dev.colorstream.producertools.upload.UploadReport.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One upload: stores each photo, then asks for its colors, and lists in the job what was asked for.
 *
 * <p>Photos go in windows. A window's photos are listed once all its requests have arrived; while it waits for them, the
 * next one is filled. An upload that is interrupted has therefore asked for at most two windows that are not listed: the same
 * upload again passes over what is listed and asks at most for those a second time.
 */
final class Upload implements PhotoVisitor {
    /** Photos in a window. */
    static final int WINDOW = JobPage.MAX_PHOTOS / 2;

    private final UploadOrder order;
    private final JobsTopic jobs;
    private final JobBook book;
    private final Shipment shipment;
    private final Progress progress;
    private final boolean resumed;

    private final List<Refused> refused = new ArrayList<>();
    private JobState state;
    private Window filled = new Window();
    private Window filling = new Window();
    private int nextPage;
    private int sent;
    private int sentBefore;
    private long bytes;
    private int skipped;
    private @Nullable UploadOutcome stopped;

    /** @param resultsFrom where the results topic ends now */
    private Upload(
            UploadOrder order,
            JobsTopic jobs,
            JobBook book,
            Shipment shipment,
            Progress progress,
            Instant now,
            Map<Integer, Long> resultsFrom) {
        this.order = order;
        this.jobs = jobs;
        this.book = book;
        this.shipment = shipment;
        this.progress = progress;
        this.resumed = book.state().isPresent();
        this.state = book.state()
                .orElseGet(() ->
                        new JobState(order.job(), Phase.OPEN, 0, 0, order.optionsFingerprint(), now, resultsFrom));
        this.nextPage = book.nextPage();
    }

    /**
     * Uploads what the order names.
     *
     * @throws RuntimeException the store's or the producer's, when either fails; the same upload again then goes on
     */
    static UploadOutcome run(
            UploadOrder order,
            JobsTopic jobs,
            Shipment shipment,
            Progress progress,
            InputStream standardInput,
            Instant now,
            Map<Integer, Long> resultsFrom) {
        JobBook book = jobs.read(order.job());
        if (book.isIn(Phase.CANCELLED)) {
            return new Cancelled(order.job());
        }
        if (book.state()
                .filter(known -> !known.options().equals(order.optionsFingerprint()))
                .isPresent()) {
            return new OtherOptions(order.job());
        }
        Upload upload = new Upload(order, jobs, book, shipment, progress, now, resultsFrom);
        new PhotoWalk(upload, UnpackLimits.DEFAULT).walk(order.sources(), standardInput);
        return upload.end();
    }

    @Override
    public void photo(PhotoFile file) {
        if (stopped != null) {
            return;
        }
        int room = shipment.takeRoom(file.size() < 0 ? GrayPhoto.MAX_BYTES : file.size());
        boolean isSent = false;
        try {
            isSent = photo(GrayPhoto.read(order.job(), file), room);
        } catch (IOException e) {
            refused(file.name(), "cannot be uploaded: " + e.getMessage());
        } finally {
            if (!isSent) {
                shipment.giveBack(room);
            }
        }
    }

    @Override
    public void refused(String name, String reason) {
        refused.add(new Refused(name, reason));
    }

    @Override
    public void skipped(String name) {
        skipped++;
    }

    /** Whether the photo is sent, with the room that was taken for it. */
    private boolean photo(GrayPhoto photo, int room) {
        if (book.lists(photo.listed())) {
            sentBefore++;
            progress.step();
            return false;
        }
        if (order.express() && sent >= UploadOrder.MAX_EXPRESS) {
            refused(
                    photo.listed().name(),
                    "is more than the " + UploadOrder.MAX_EXPRESS + " photos that go express: send it without");
            return false;
        }
        if (sent == 0) {
            open();
        } else if (filling.photos().size() == WINDOW) {
            list(filled, false);
            filled = filling;
            filling = new Window();
        }
        if (stopped != null) {
            return false;
        }
        // Only what an interrupted upload had under way can be in the store without being listed.
        shipment.send(photo, room, filling, resumed && sent < 2 * WINDOW);
        filling.add(photo.listed());
        sent++;
        bytes += photo.content().length;
        return true;
    }

    /** Says that the job is there before its first photo is: who waits for it shall know. */
    private void open() {
        if (goesOn() && (!resumed || state.phase() != Phase.OPEN)) {
            tell(Phase.OPEN, book.size());
        }
    }

    private UploadOutcome end() {
        if (sent > 0) {
            list(filled, false);
            list(filling, true);
        }
        if (stopped == null && book.size() + sent == 0) {
            return new NothingFound(refused, skipped);
        }
        // Whoever awaits the job hears of the refused photos by its state alone.
        boolean told = sent == 0 && state.phase() != Phase.OPEN && state.refused() == refused.size();
        if (stopped == null && !told && goesOn()) {
            tell(Phase.SEALED, book.size());
        }
        if (stopped != null) {
            return stopped;
        }
        return new Uploaded(
                new UploadReport(order.job(), sent, sentBefore, shipment.foundInStore(), bytes, refused, skipped));
    }

    private void list(Window window, boolean last) {
        if (stopped != null || window.photos().isEmpty()) {
            return;
        }
        shipment.settle(window);
        if (goesOn()) {
            shipment.tell(JobPageJson.write(
                    Topics.JOBS, new JobPage(order.job(), nextPage, last, window.photos(), state.openedAt())));
            nextPage++;
        }
    }

    /** Hears what others did to the job since, which may stop this upload. */
    private boolean goesOn() {
        jobs.readOn(book::take);
        boolean begun = resumed || sent > 0;
        if (book.isIn(Phase.CANCELLED) || (begun && book.state().isEmpty())) {
            stopped = new Cancelled(order.job());
        } else if (book.nextPage() > nextPage || isBegunAnew()) {
            stopped = new Overtaken(order.job());
        }
        return stopped == null;
    }

    /** Whether another upload opened the job: readers hold to the one that opened it last, and pass over the others' pages. */
    private boolean isBegunAnew() {
        return book.state()
                .filter(known -> !known.openedAt().equals(state.openedAt()))
                .isPresent();
    }

    private void tell(Phase phase, int photos) {
        state = state.with(phase, photos, refused.size());
        shipment.tell(JobStateJson.write(Topics.JOBS, state));
    }
}
