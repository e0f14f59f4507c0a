package dev.colorstream.worker.consumer;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.request.ColorKey;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.OutputFormat;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.worker.modelversion.Lease;
import dev.colorstream.worker.stage.Backlog;
import dev.colorstream.worker.stage.Lane;
import dev.colorstream.worker.stage.StageTimes;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A request that this worker holds and must bring to an end. */
public final class Assignment {
    private final HeldRecord held;
    private final ColorizeRequest request;
    private final boolean alone;
    private final StageTimes times = new StageTimes();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Lease lease;
    private volatile Backlog.@Nullable Place place;

    /** @param alone whether the photo must not share a batch with others */
    public Assignment(HeldRecord held, ColorizeRequest request, boolean alone) {
        this.held = held;
        this.request = request;
        this.alone = alone;
    }

    public HeldRecord held() {
        return held;
    }

    public ColorizeRequest request() {
        return request;
    }

    /** Whether the photo must not share a batch with others. */
    public boolean isAlone() {
        return alone;
    }

    /** Which others the photo may have to wait for. */
    public Lane lane() {
        return held.message().topic().equals(Topics.EXPRESS_REQUESTS) ? Lane.EXPRESS : Lane.BULK;
    }

    /** Whether an earlier delivery may have colored the photo already. */
    public boolean isRedelivery() {
        return held.attempt() > 1;
    }

    /** How long each stage took so far. */
    public StageTimes times() {
        return times;
    }

    /** The format of the color photo: as wished, else one that loses no more than the gray photo's own. */
    public OutputFormat format() {
        return request.options()
                .format()
                .orElseGet(() -> formatOf(request.source().key()));
    }

    /** By the name alone, so that the color photo's place follows from the request. */
    private static OutputFormat formatOf(String key) {
        return switch (key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "tif", "tiff" -> OutputFormat.TIFF;
            case "png", "bmp", "gif", "webp" -> OutputFormat.PNG;
            default -> OutputFormat.JPEG;
        };
    }

    /** Where the color photo shall rest; follows from the request alone. */
    public ObjectAddress colorAddress() {
        return new ObjectAddress(Buckets.COLORIZED, ColorKey.of(request, format()));
    }

    /** Gives it the version that shall color its photo. The lease ends with the assignment at the latest. */
    public void colorWith(Lease taken) {
        lease = taken;
        if (ended.get()) {
            taken.close();
        }
    }

    /** Whether it has its version. */
    public boolean hasVersion() {
        return lease != null;
    }

    /**
     * The version that colors its photo.
     *
     * @throws NullPointerException before it has one
     */
    public Lease lease() {
        return Objects.requireNonNull(lease, "no version is chosen yet");
    }

    /** Gives it the place of its color photo, which it gives back with its end at the latest. */
    public void waitsAt(Backlog.Place taken) {
        place = taken;
        if (ended.get()) {
            taken.giveBack();
        }
    }

    private void endHolds() {
        Lease taken = lease;
        if (taken != null) {
            taken.close();
        }
        Backlog.Place waitsAt = place;
        if (waitsAt != null) {
            waitsAt.giveBack();
        }
    }

    /** It waits for something outside this worker, such as the store, until {@link #goOn}: others may be in work meanwhile. */
    public void pause() {
        if (alone) {
            held.pause();
        }
    }

    /** It goes on after a pause: at once, or when it is the only one in work, if it must be. */
    public void goOn(Runnable step) {
        if (alone) {
            held.goOn(step);
        } else {
            step.run();
        }
    }

    /** The request has ended: its result is told. */
    public void end() {
        if (ended.compareAndSet(false, true)) {
            endHolds();
            held.requestEnded();
        }
    }

    /** This attempt cannot bring the request to an end: its record shall be delivered again. */
    public void giveUp() {
        if (ended.compareAndSet(false, true)) {
            endHolds();
            held.abandon();
        }
    }
}
