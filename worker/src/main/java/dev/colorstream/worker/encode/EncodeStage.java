package dev.colorstream.worker.encode;

import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.UnusablePredictionException;
import dev.colorstream.colorizer.image.ColorRows;
import dev.colorstream.colorizer.image.EncodedPhoto;
import dev.colorstream.colorizer.image.Inscription;
import dev.colorstream.colorizer.image.OutputFormat;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.image.PhotoEncoder;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.SourceTraits;
import dev.colorstream.worker.colorize.PredictedPhoto;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.consumer.RequestFailure;
import dev.colorstream.worker.decode.DecodedPhoto;
import dev.colorstream.worker.modelversion.ServedModel;
import dev.colorstream.worker.stage.Backlog;
import dev.colorstream.worker.stage.StagePool;
import dev.colorstream.worker.stage.StageTimer;
import java.util.function.Consumer;

/** Paints and writes color photos on several cores, and changes their share of the pixel budget for a place in the backlog. */
public final class EncodeStage {
    private final StagePool pool;
    private final StageTimer timer;
    private final Backlog backlog;
    private final Consumer<ColoredPhoto> colored;
    private final Consumer<RequestFailure> failed;

    /** @param backlog of the files that wait for the store */
    public EncodeStage(
            StagePool pool,
            StageTimer timer,
            Backlog backlog,
            Consumer<ColoredPhoto> colored,
            Consumer<RequestFailure> failed) {
        this.pool = pool;
        this.backlog = backlog;
        this.timer = timer;
        this.colored = colored;
        this.failed = failed;
    }

    /** Takes a photo. */
    public void accept(PredictedPhoto predicted) {
        long start = timer.now();
        DecodedPhoto decoded = predicted.decoded();
        Assignment assignment = decoded.assignment();
        pool.run(assignment.lane(), () -> encode(predicted, assignment, start), () -> {
            decoded.share().giveBack();
            assignment.giveUp();
        });
    }

    private void encode(PredictedPhoto predicted, Assignment assignment, long start) {
        RequestOptions options = assignment.request().options();
        Photo photo = predicted.decoded().photo();
        EncodedPhoto file;
        try {
            ServedModel model = assignment.lease().model();
            ColorRows painted =
                    model.colorizer().rows(photo, predicted.prediction(), palette(options, model.palette()));
            OutputFormat format = switch (assignment.format()) {
                case JPEG -> OutputFormat.JPEG;
                case PNG -> OutputFormat.PNG;
                case TIFF -> OutputFormat.TIFF;
            };
            double quality = options.quality().map(Integer::doubleValue).orElse(PhotoEncoder.DEFAULT_QUALITY);
            Inscription inscription =
                    Inscription.predicted(photo.notes(), model.version().value());
            file = PhotoEncoder.encode(painted, format, quality, inscription);
        } catch (UnusablePredictionException e) {
            predicted.decoded().share().giveBack();
            timer.book(assignment.times(), start);
            failed.accept(RequestFailure.of(
                    assignment, FailureReason.COLORIZE_FAILED, Stage.ENCODE, String.valueOf(e.getMessage())));
            return;
        }
        // A suspect that waits for the store may keep no other from the end for which its next turn waits.
        Backlog.Place place = backlog.add(assignment.lane(), assignment.isAlone() ? 0 : file.bytes().length);
        assignment.waitsAt(place);
        predicted.decoded().share().giveBack();
        String sha256 = Hashes.sha256Hex(file.bytes());
        timer.book(assignment.times(), start);
        SourceTraits traits = new SourceTraits(photo.hadColor(), photo.notes().pictures());
        colored.accept(new ColoredPhoto(assignment, file, traits, sha256, place));
    }

    /** What a request wishes, and what suits the version where it says nothing. */
    private static Palette palette(RequestOptions options, Palette otherwise) {
        return new Palette(
                options.temperature().orElse(otherwise.temperature()),
                options.saturation().orElse(otherwise.saturation()));
    }
}
