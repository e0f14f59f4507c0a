package dev.colorstream.worker.decode;

import dev.colorstream.colorizer.image.DecodeOutcome;
import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import dev.colorstream.colorizer.image.PhotoDecoder;
import dev.colorstream.colorizer.image.ProbeOutcome;
import dev.colorstream.colorizer.image.ProbeOutcome.Header;
import dev.colorstream.colorizer.image.Rejected;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.consumer.RequestFailure;
import dev.colorstream.worker.fetch.FetchedPhoto;
import dev.colorstream.worker.modelversion.Lease;
import dev.colorstream.worker.stage.Backlog;
import dev.colorstream.worker.stage.Budget;
import dev.colorstream.worker.stage.StagePool;
import dev.colorstream.worker.stage.StageTimer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Decodes photos on several cores. What the header tells decides first, before memory is taken for pixels. */
public final class DecodeStage {
    private final PhotoDecoder decoder;
    private final Function<ColorizeRequest, Lease> seating;
    private final Budget budget;
    private final Backlog backlog;
    private final StagePool pool;
    private final StageTimer timer;
    private final Consumer<DecodedPhoto> decoded;
    private final Consumer<RequestFailure> failed;

    /**
     * Decodes within a budget.
     *
     * @param seating leases the version for a photo that has none yet; called from several threads
     * @param budget of pixels
     * @param backlog of color photos that wait for the store: nothing is decoded while it is full
     */
    public DecodeStage(
            PhotoDecoder decoder,
            Function<ColorizeRequest, Lease> seating,
            Budget budget,
            Backlog backlog,
            StagePool pool,
            StageTimer timer,
            Consumer<DecodedPhoto> decoded,
            Consumer<RequestFailure> failed) {
        this.decoder = decoder;
        this.seating = seating;
        this.budget = budget;
        this.backlog = backlog;
        this.pool = pool;
        this.timer = timer;
        this.decoded = decoded;
        this.failed = failed;
    }

    /** Takes a photo's file; waits while the queue is full. */
    public void accept(FetchedPhoto fetched) {
        long start = timer.now();
        Assignment assignment = fetched.assignment();
        pool.run(
                assignment.lane(),
                () -> {
                    decode(assignment, fetched.bytes(), start);
                    fetched.share().giveBack();
                },
                () -> {
                    fetched.share().giveBack();
                    assignment.giveUp();
                });
    }

    private void decode(Assignment assignment, byte[] bytes, long start) {
        ProbeOutcome probed = decoder.probe(bytes);
        if (probed instanceof Rejected rejected) {
            fail(assignment, start, rejected);
            return;
        }
        Header header = (Header) probed;
        Optional<Long> wished = assignment.request().options().maxPixels().filter(max -> header.pixels() > max);
        if (wished.isPresent()) {
            fail(
                    assignment,
                    start,
                    FailureReason.TOO_MANY_PIXELS,
                    header.width() + " x " + header.height() + " pixels, the request allows " + wished.orElseThrow());
            return;
        }
        Budget.Share share;
        try {
            backlog.awaitRoom(assignment.lane());
            share = budget.take(assignment.lane(), header.pixels());
        } catch (InterruptedException e) {
            // The worker ends; the record goes back to the group.
            Thread.currentThread().interrupt();
            return;
        }
        boolean handedOn = false;
        try {
            DecodeOutcome outcome = decoder.decode(bytes);
            if (outcome instanceof Decoded whole) {
                if (!assignment.hasVersion()) {
                    assignment.colorWith(seating.apply(assignment.request()));
                }
                float[] input = assignment.lease().model().colorizer().networkInput(whole.photo());
                timer.book(assignment.times(), start);
                decoded.accept(new DecodedPhoto(assignment, whole.photo(), input, share, timer.now()));
                handedOn = true;
            } else {
                fail(assignment, start, (Rejected) outcome);
            }
        } finally {
            if (!handedOn) {
                share.giveBack();
            }
        }
    }

    private void fail(Assignment assignment, long start, Rejected rejected) {
        FailureReason reason = switch (rejected.reason()) {
            case EMPTY -> FailureReason.OBJECT_EMPTY;
            case NOT_A_PHOTO -> FailureReason.NOT_A_PHOTO;
            case UNSUPPORTED -> FailureReason.UNSUPPORTED_FORMAT;
            case CORRUPT -> FailureReason.CORRUPT_PHOTO;
            case TOO_MANY_BYTES -> FailureReason.TOO_LARGE;
            case TOO_MANY_PIXELS -> FailureReason.TOO_MANY_PIXELS;
        };
        fail(assignment, start, reason, rejected.detail());
    }

    private void fail(Assignment assignment, long start, FailureReason reason, String detail) {
        timer.book(assignment.times(), start);
        failed.accept(RequestFailure.of(assignment, reason, Stage.DECODE, detail));
    }
}
