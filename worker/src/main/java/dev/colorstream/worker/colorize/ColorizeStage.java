package dev.colorstream.worker.colorize;

import dev.colorstream.colorizer.PhotoPrediction;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.Stage;
import dev.colorstream.worker.consumer.RequestFailure;
import dev.colorstream.worker.decode.DecodedPhoto;
import dev.colorstream.worker.microbatch.MicroBatcher;
import dev.colorstream.worker.modelversion.ServedModel;
import dev.colorstream.worker.stage.StageTimer;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the networks, one batch after another on each thread that runs this; all photos of a batch have the same version. A
 * batch that the network fails on is halved until the photo is found that it fails on; only that one fails.
 */
public final class ColorizeStage implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ColorizeStage.class);

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

    /** Works until the batcher is closed. */
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
        long start = timer.now();
        List<PhotoPrediction> predictions;
        try {
            ServedModel model = batch.get(0).assignment().lease().model();
            predictions = model.colorizer()
                    .predict(batch.stream().map(DecodedPhoto::input).toList());
        } catch (RuntimeException | OutOfMemoryError e) {
            colorHalves(batch, e);
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            DecodedPhoto photo = batch.get(i);
            photo.assignment().lease().close();
            timer.book(photo.assignment().times(), start);
            predicted.accept(new PredictedPhoto(photo, predictions.get(i)));
        }
    }

    private void colorHalves(List<DecodedPhoto> batch, Throwable cause) {
        if (batch.size() > 1) {
            LOG.warn("The network failed on a batch of {}, it is halved: {}", batch.size(), cause.toString());
            color(batch.subList(0, batch.size() / 2));
            color(batch.subList(batch.size() / 2, batch.size()));
            return;
        }
        DecodedPhoto culprit = batch.get(0);
        culprit.share().giveBack();
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
