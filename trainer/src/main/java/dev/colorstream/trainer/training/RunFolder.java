package dev.colorstream.trainer.training;

import dev.colorstream.colorizer.network.TrainableNetwork;
import dev.colorstream.trainer.dataset.Scenes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a training run leaves on disk: its settings, the newest whole checkpoint, the best network so far and the curve.
 * Every file appears whole, so that a run killed at any point can be resumed.
 */
final class RunFolder {
    private static final String CHECKPOINT = "checkpoint-";
    private static final String BEGINNING = "beginning.json";
    private static final String CURVE = "curve.csv";
    private static final String CURVE_HEADER = "step,epoch,seconds,training loss,validation loss";

    private final Path folder;

    /** A point of the curve. */
    record CurvePoint(int step, double epoch, long seconds, double trainingLoss, double validationLoss) {
        String line() {
            return step + "," + epoch + "," + seconds + "," + trainingLoss + "," + validationLoss;
        }

        static CurvePoint of(String line) {
            String[] cells = line.split(",", -1);
            return new CurvePoint(
                    Integer.parseInt(cells[0]),
                    Double.parseDouble(cells[1]),
                    Long.parseLong(cells[2]),
                    Double.parseDouble(cells[3]),
                    Double.parseDouble(cells[4]));
        }
    }

    RunFolder(Path folder) {
        this.folder = folder;
    }

    Path settings() {
        return folder.resolve("settings.json");
    }

    /** What the run began with; nothing where it began before that was written down. */
    Optional<Beginning> beginning() throws IOException {
        Path file = folder.resolve(BEGINNING);
        return Files.exists(file) ? Optional.of(Beginning.read(file)) : Optional.empty();
    }

    /** Makes the folder of a run, or finds that it began with the same. */
    void begin(TrainingSettings settings, Beginning beginning) throws IOException {
        Files.createDirectories(folder);
        Optional<Beginning> earlier = beginning();
        if (earlier.isPresent()) {
            earlier.orElseThrow().requireSame(beginning, folder);
        } else {
            beginning.write(folder.resolve(BEGINNING));
        }
        if (!Files.exists(settings())) {
            settings.write(settings());
        }
    }

    /** The network of the lowest validation loss. */
    Path best() {
        return folder.resolve("best.zip");
    }

    /**
     * Writes the scenes down that the run learns.
     *
     * @throws IOException where it began with others
     */
    void keepScenes(Scenes scenes) throws IOException {
        Path file = folder.resolve("scenes.txt");
        if (!Files.exists(file)) {
            WholeFile.writeLines(file, scenes.names());
        }
        List<String> known = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (!known.equals(scenes.names())) {
            throw new IOException("the run in " + folder + " learns the scenes " + known + ", the photos show "
                    + scenes.names() + "; resume it with the photos that it began with");
        }
    }

    /** The newest whole checkpoint. */
    Optional<Path> checkpoint() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(CHECKPOINT))
                    .filter(file -> !file.getFileName().toString().endsWith(WholeFile.UNFINISHED))
                    .max(Comparator.comparingInt(RunFolder::stepOf));
        }
    }

    private static int stepOf(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring(CHECKPOINT.length()));
    }

    void saveCheckpoint(TrainableNetwork network) throws IOException {
        Path whole = folder.resolve(CHECKPOINT + network.step());
        if (Files.exists(whole)) {
            return;
        }
        Path unfinished = folder.resolve(CHECKPOINT + network.step() + WholeFile.UNFINISHED);
        Files.createDirectories(unfinished);
        network.saveCheckpoint(unfinished);
        Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().startsWith(CHECKPOINT))
                    .filter(file -> !file.equals(whole))
                    .forEach(RunFolder::delete);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the old checkpoint " + folder, e);
        }
    }

    /** The points up to a step; later ones, of a run that was killed, are forgotten. */
    List<CurvePoint> curveUpTo(int step) throws IOException {
        List<CurvePoint> points =
                curve().stream().filter(point -> point.step() <= step).toList();
        writeCurve(points);
        return points;
    }

    void append(CurvePoint point) throws IOException {
        List<CurvePoint> points = new ArrayList<>(curve());
        points.add(point);
        writeCurve(points);
    }

    private List<CurvePoint> curve() throws IOException {
        Path file = folder.resolve(CURVE);
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .skip(1)
                .map(CurvePoint::of)
                .toList();
    }

    private void writeCurve(List<CurvePoint> points) throws IOException {
        WholeFile.writeLines(
                folder.resolve(CURVE),
                Stream.concat(Stream.of(CURVE_HEADER), points.stream().map(CurvePoint::line))
                        .toList());
    }
}
