package dev.colorstream.trainer.evaluation;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.network.Head;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.examples.PriorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Model versions measured on the same photos, each as it is served. */
public final class SideBySide {
    private static final long SEED = 1;

    private SideBySide() {}

    /**
     * Measures versions on all photos of a source.
     *
     * @param versions their folders; the first one's training photos say which colors are rare
     * @throws IOException where too few photos can be used, or a version cannot be read
     */
    public static Evaluation.Outcome evaluate(List<Path> versions, PhotoSource photos) throws IOException {
        Evaluation.Measure measure =
                new Evaluation.Measure(PriorFile.read(versions.get(0).resolve(PriorFile.NAME)), SEED, Optional.empty());
        List<Evaluation.Candidate> candidates = new ArrayList<>();
        try {
            for (Path version : versions) {
                candidates.add(candidate(EvaluatedModel.in(version)));
            }
            return Evaluation.run(candidates, measure, photos, photos.photos(), taken -> {});
        } finally {
            candidates.forEach(candidate -> candidate.colorizer().close());
        }
    }

    private static Evaluation.Candidate candidate(EvaluatedModel model) {
        boolean isDistribution = model.architecture().head() == Head.BIN_DISTRIBUTION;
        return new Evaluation.Candidate(
                model.name(),
                Colorizer.of(model.engine(model.inputSize())),
                isDistribution ? List.of(model.temperature()) : List.of());
    }
}
