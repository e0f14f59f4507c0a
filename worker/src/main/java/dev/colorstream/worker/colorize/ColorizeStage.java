package dev.colorstream.worker.colorize;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.PhotoPrediction;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.Stage;
import dev.colorstream.worker.consumer.RequestFailure;
import dev.colorstream.worker.decode.DecodedPhoto;
import dev.colorstream.worker.microbatch.MicroBatcher;
import dev.colorstream.worker.stage.StageTimer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the networks, one batch after another on each thread that runs this; all photos of a batch have the same version. A
 * batch that the network fails on is halved until the photo is found that it fails on, twice; only that one fails. All inputs
 * have one shape and are numbers in [0,100]: where it fails on plain gray, too, no photo is to blame, and nothing is colored
 * any more.
 */
public final class ColorizeStage implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ColorizeStage.class);
    private static final float MIDDLE_GRAY = 50;

    private final MicroBatcher batches;
    private final StageTimer timer;
    private final Consumer<PredictedPhoto> predicted;
    private final Consumer<RequestFailure> failed;

    public ColorizeStage(
            MicroBatcher batches,
            StageTimer timer,
            Consumer<PredictedPhoto> predicted,
            Consumer<RequestFailure> failed) {
        this.batches = batches;
        this.timer = timer;
        this.predicted = predicted;
        this.failed = failed;
    }

    /**
     * Works until the batcher is closed.
     *
     * @throws BrokenNetworkException where a network fails on anything; what was held is to be delivered again
     */
    @Override
    public void run() {
        try {
            for (List<DecodedPhoto> batch = batches.take(); !batch.isEmpty(); batch = batches.take()) {
                color(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void color(List<DecodedPhoto> batch) {
        color(batch, false);
    }

    /** @param again whether it is one photo that the network failed on alone just now, which may pass by itself */
    private void color(List<DecodedPhoto> batch, boolean again) {
        long start = timer.now();
        Colorizer colorizer = batch.get(0).assignment().lease().model().colorizer();
        List<PhotoPrediction> predictions;
        try {
            predictions =
                    colorizer.predict(batch.stream().map(DecodedPhoto::input).toList());
        } catch (RuntimeException | OutOfMemoryError e) {
            requireSound(colorizer, e);
            if (batch.size() > 1) {
                LOG.warn("The network failed on a batch of {}, it is halved: {}", batch.size(), e.toString());
                color(batch.subList(0, batch.size() / 2), false);
                color(batch.subList(batch.size() / 2, batch.size()), false);
            } else if (!again) {
                color(batch, true);
            } else {
                end(batch.get(0), e);
            }
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            DecodedPhoto photo = batch.get(i);
            photo.assignment().lease().close();
            timer.book(photo.assignment().times(), start);
            predicted.accept(new PredictedPhoto(photo, predictions.get(i)));
        }
    }

    private static void requireSound(Colorizer colorizer, Throwable failure) {
        float[] gray = new float[colorizer.inputSize() * colorizer.inputSize()];
        Arrays.fill(gray, MIDDLE_GRAY);
        try {
            var unused = colorizer.predict(List.of(gray));
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new BrokenNetworkException("the network fails on plain gray, too: " + failure, e);
        }
    }

    private void end(DecodedPhoto culprit, Throwable cause) {
        culprit.share().giveBack();
        if (cause instanceof OutOfMemoryError) {
            LOG.warn("A photo is handed back: there was no memory for its pass: {}", cause.toString());
            culprit.assignment().giveUp();
            return;
        }
        LOG.atWarn()
                .addKeyValue("requestId", culprit.assignment().request().id())
                .setCause(cause)
                .log("The network failed on this photo");
        failed.accept(RequestFailure.of(
                culprit.assignment(),
                FailureReason.COLORIZE_FAILED,
                Stage.COLORIZE,
                "the network failed on this photo: " + cause));
    }
}
