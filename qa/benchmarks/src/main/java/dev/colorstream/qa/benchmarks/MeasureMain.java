package dev.colorstream.qa.benchmarks;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures, and writes what it measured into docs/performance.md. */
@Command(
        name = "measure",
        description = "Measures and writes the figures into docs/performance.md. Nothing else should run meanwhile.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class MeasureMain implements Callable<Integer> {
    @Parameters(paramLabel = "PHOTOS", description = "Folder of photos for the line.")
    private Path photos = Path.of(".");

    @Option(names = "--root", defaultValue = ".", description = "The repository, built.")
    private Path root = Path.of(".");

    @Option(names = "--model", required = true, description = "Folder of the model version.")
    private Path model = Path.of(".");

    @Option(names = "--photo", defaultValue = "samples/forest-path.jpg", description = "JPEG for a photo's steps.")
    private Path photo = Path.of(".");

    @Option(names = "--document", defaultValue = "docs/performance.md", description = "Where the figures go.")
    private Path document = Path.of(".");

    @Option(names = "--only", split = ",", description = "Parts to measure: ${COMPLETION-CANDIDATES}; all if left out.")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Mixin
    private LineBenchmark.Load load = new LineBenchmark.Load();

    /** What is measured by itself, in the order that it is. */
    enum Part {
        SCIENCE,
        PHOTO,
        NETWORK,
        TRAINING,
        LADDER,
        DISTANCE,
        LINE,
        MEMORY,
        SWAPS,
        BULK,
        EXPRESS,
        SCALING,
        SPOILED,
        STATE
    }

    /** Runs the measurements. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MeasureMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        MeasuredDocument figures = new MeasuredDocument(document);
        LineBenchmark line = new LineBenchmark(root, model, load);
        for (Part part : Part.values()) {
            if (only.contains(part)) {
                String table = switch (part) {
                    case SCIENCE -> MicroBenchmarks.science();
                    case PHOTO -> MicroBenchmarks.photo(photo);
                    case NETWORK -> MicroBenchmarks.network(model);
                    case TRAINING -> MicroBenchmarks.training();
                    case LADDER -> LineBenchmark.onPhotosOf(photos, line::ladder);
                    case DISTANCE -> LineBenchmark.onPhotosOf(photos, line::distance);
                    case LINE -> LineBenchmark.onPhotosOf(photos, line::compare);
                    case MEMORY -> LineBenchmark.onPhotosOf(photos, line::soak);
                    case SWAPS -> LineBenchmark.onPhotosOf(photos, line::swaps);
                    case BULK ->
                        LineBenchmark.onPhotosOf(
                                photos, (servers, folder) -> line.bulk(servers, folder, VariedPhotos.of(photos)));
                    case EXPRESS -> LineBenchmark.onPhotosOf(photos, line::express);
                    case SCALING -> LineBenchmark.onPhotosOf(photos, 1, line::scaling);
                    case SPOILED -> LineBenchmark.onPhotosOf(photos, line::spoiled);
                    case STATE -> LineBenchmark.onPhotosOf(photos, line::state);
                };
                figures.put(part.name().toLowerCase(Locale.ROOT), table + "\nMeasured on " + Surroundings.here() + ".");
            }
        }
        return 0;
    }
}
