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
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.SourceTraits;
import dev.colorstream.worker.colorize.PredictedPhoto;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.consumer.RequestFailure;
import dev.colorstream.worker.decode.DecodedPhoto;
import dev.colorstream.worker.stage.StagePool;
import dev.colorstream.worker.stage.StageTimer;
import java.util.function.Consumer;

/** Paints and writes color photos on several cores, and gives their share of the pixel budget back. */
public final class EncodeStage {
    private final Painter painter;
    private final Palette otherwise;
    private final ModelVersionId version;
    private final StagePool pool;
    private final StageTimer timer;
    private final Consumer<ColoredPhoto> colored;
    private final Consumer<RequestFailure> failed;

    /** Joins a photo's lightness with the predicted color. */
    public interface Painter {
        /** The photo in color, painted as it is read. Called from several threads. */
        ColorRows paint(PredictedPhoto photo, Palette palette);
    }

    /**
     * @param otherwise what a request that says nothing of it is painted with
     * @param version the network that colors, which the color photo's file names
     */
    public EncodeStage(
            Painter painter,
            Palette otherwise,
            ModelVersionId version,
            StagePool pool,
            StageTimer timer,
            Consumer<ColoredPhoto> colored,
            Consumer<RequestFailure> failed) {
        this.painter = painter;
        this.otherwise = otherwise;
        this.version = version;
        this.pool = pool;
        this.timer = timer;
        this.colored = colored;
        this.failed = failed;
    }

    /** Takes a photo. */
    public void accept(PredictedPhoto predicted) {
        long start = timer.now();
        DecodedPhoto decoded = predicted.decoded();
        Assignment assignment = decoded.assignment();
        pool.run(() -> encode(predicted, assignment, start), () -> {
            decoded.share().giveBack();
            assignment.giveUp();
        });
    }

    private void encode(PredictedPhoto predicted, Assignment assignment, long start) {
        RequestOptions options = assignment.request().options();
        Photo photo = predicted.decoded().photo();
        EncodedPhoto file;
        try {
            ColorRows painted = painter.paint(predicted, palette(options));
            OutputFormat format = switch (assignment.format()) {
                case JPEG -> OutputFormat.JPEG;
                case PNG -> OutputFormat.PNG;
                case TIFF -> OutputFormat.TIFF;
            };
            double quality = options.quality().map(Integer::doubleValue).orElse(PhotoEncoder.DEFAULT_QUALITY);
            Inscription inscription = Inscription.predicted(photo.notes(), version.value());
            file = PhotoEncoder.encode(painted, format, quality, inscription);
        } catch (UnusablePredictionException e) {
            predicted.decoded().share().giveBack();
            timer.book(assignment.times(), start);
            failed.accept(RequestFailure.of(
                    assignment, FailureReason.COLORIZE_FAILED, Stage.ENCODE, String.valueOf(e.getMessage())));
            return;
        }
        predicted.decoded().share().giveBack();
        String sha256 = Hashes.sha256Hex(file.bytes());
        timer.book(assignment.times(), start);
        SourceTraits traits = new SourceTraits(photo.hadColor(), photo.notes().pictures());
        colored.accept(new ColoredPhoto(assignment, file, traits, sha256));
    }

    private Palette palette(RequestOptions options) {
        return new Palette(
                options.temperature().orElse(otherwise.temperature()),
                options.saturation().orElse(otherwise.saturation()));
    }
}
