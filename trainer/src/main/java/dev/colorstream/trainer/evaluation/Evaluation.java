package dev.colorstream.trainer.evaluation;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.PhotoPrediction;
import dev.colorstream.colorizer.abbins.AbPrior;
import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.image.ColorPhoto.EightBit;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import dev.colorstream.trainer.interpretability.SceneJudge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures networks on real color photos, beside Gray and Random on the same ones. Photos are taken in a seeded order;
 * Random paints each with the colors of the one before it.
 */
public final class Evaluation {
    private static final int BATCH = 16;
    private static final int FEWEST_PHOTOS = 2;
    private static final AbPlanes NO_COLOR = new AbPlanes(1, 1, new float[1], new float[1]);

    private final List<Contender> contenders;
    private final Scores.Weights weights;
    private final Measure measure;
    private final ContactSheet sheet;
    private final Scores gray = new Scores();
    private final Scores random = new Scores();
    private final Scores real = new Scores();
    private final Map<String, String> leftOut = new TreeMap<>();
    private int photos;
    private Truth.@Nullable Known first;
    private Truth.@Nullable Known previous;

    private Evaluation(List<Contender> contenders, Measure measure, int scenes) {
        this.contenders = contenders;
        this.weights = Scores.Weights.of(measure.prior());
        this.measure = measure;
        this.sheet = new ContactSheet(contenders.size(), Math.max(1, scenes));
    }

    /**
     * A network to measure.
     *
     * @param name in the report
     * @param colorizer stays the caller's
     * @param temperatures each in (0,1]; none for a network that predicts colors themselves
     */
    public record Candidate(String name, Colorizer colorizer, List<Double> temperatures) {
        public Candidate {
            temperatures = List.copyOf(temperatures);
        }
    }

    /**
     * How colors are measured.
     *
     * @param prior of the networks' training photos
     * @param seed of the photos' order and with it of Random
     * @param judge tells whether photos are taken for what they show, if there is one; stays the caller's
     */
    public record Measure(AbPrior prior, long seed, Optional<SceneJudge> judge) {}

    /**
     * A finished evaluation.
     *
     * @param reports one for each candidate, in their order
     * @param rebalanced for each candidate what each photo adds to the rebalanced AuC of its first row; the photos in the
     *     same order for all
     * @param sheet of each candidate's first temperature
     */
    public record Outcome(List<EvaluationReport> reports, List<List<WeighedArea>> rebalanced, Sheet sheet) {
        public Outcome {
            reports = List.copyOf(reports);
            rebalanced = rebalanced.stream().map(List::copyOf).toList();
        }
    }

    /** A contact sheet that can be written. */
    public interface Sheet {
        /** Writes it as PNG. */
        void write(Path file) throws IOException;
    }

    /**
     * Sees to it that an evaluation can be run; reads no more photos than that takes.
     *
     * @param title of the photos, for the message
     */
    public static void requireColors(String title, PhotoSource source, List<PhotoName> names)
            throws TooFewColorsException {
        long known = names.stream()
                .filter(name -> Truth.read(source, name) instanceof Truth.Known)
                .limit(FEWEST_PHOTOS)
                .count();
        if (known < FEWEST_PHOTOS) {
            throw new TooFewColorsException(title, names.size());
        }
    }

    /**
     * Runs an evaluation.
     *
     * @param candidates at least one
     * @param names the photos of the source to take; at least two must be in color
     * @param progress hears how many photos were taken so far
     * @throws TooFewColorsException where too few photos can be used
     */
    public static Outcome run(
            List<Candidate> candidates,
            Measure measure,
            PhotoSource source,
            List<PhotoName> names,
            IntConsumer progress)
            throws IOException {
        int scenes = (int) names.stream().map(PhotoName::scene).distinct().count();
        Evaluation evaluation =
                new Evaluation(candidates.stream().map(Contender::new).toList(), measure, scenes);
        List<PhotoName> order = new ArrayList<>(names);
        Collections.shuffle(order, new Random(measure.seed()));
        for (int from = 0; from < order.size(); from += BATCH) {
            List<PhotoName> some = order.subList(from, Math.min(order.size(), from + BATCH));
            evaluation.score(evaluation.pairs(
                    some.parallelStream().map(name -> Truth.read(source, name)).toList()));
            progress.accept(from + some.size());
        }
        evaluation.scoreFirst();
        return new Outcome(
                evaluation.contenders.stream().map(evaluation::report).toList(),
                evaluation.contenders.stream()
                        .map(contender -> contender.rebalanced)
                        .toList(),
                evaluation.sheet::write);
    }

    /** How the network's predictions are decoded, and the row's name. */
    private record Way(String name, Palette palette) {}

    /** A candidate and what it scored so far, one way after another. */
    private static final class Contender {
        private final Candidate candidate;
        private final List<Way> ways;
        private final List<Scores> scores = new ArrayList<>();
        private final List<WeighedArea> rebalanced = new ArrayList<>();

        Contender(Candidate candidate) {
            this.candidate = candidate;
            ways = candidate.temperatures().isEmpty()
                    ? List.of(new Way("network", Palette.DEFAULT))
                    : candidate.temperatures().stream()
                            .map(temperature -> new Way("network T=" + temperature, new Palette(temperature, 1)))
                            .toList();
            ways.forEach(way -> scores.add(new Scores()));
        }

        List<PhotoPrediction> predict(List<Pair> pairs) {
            Colorizer colorizer = candidate.colorizer();
            return colorizer.predict(pairs.parallelStream()
                    .map(pair -> colorizer.networkInput(pair.truth().photo()))
                    .toList());
        }
    }

    /** A photo and the one whose colors Random takes. */
    private record Pair(Truth.Known truth, Truth.Known other) {}

    private List<Pair> pairs(List<Truth> truths) {
        List<Pair> pairs = new ArrayList<>();
        for (Truth truth : truths) {
            if (truth instanceof Truth.Missing missing) {
                leftOut.put(missing.name().path(), missing.why());
                continue;
            }
            Truth.Known known = (Truth.Known) truth;
            if (previous == null) {
                first = known;
            } else {
                pairs.add(new Pair(known, previous));
            }
            previous = known;
        }
        return pairs;
    }

    /** The first photo had none before it: it takes the last one's colors. */
    private void scoreFirst() throws IOException {
        if (first == null || previous == null || photos == 0) {
            throw new TooFewColorsException("to evaluate on", leftOut.size() + (first == null ? 0 : 1));
        }
        score(List.of(new Pair(first, previous)));
    }

    private void score(List<Pair> pairs) {
        List<List<EightBit>> painted = pairs.stream()
                .map(pair -> (List<EightBit>) new ArrayList<EightBit>())
                .toList();
        for (Contender contender : contenders) {
            List<PhotoPrediction> predictions = contender.predict(pairs);
            for (int way = 0; way < contender.ways.size(); way++) {
                Palette palette = contender.ways.get(way).palette();
                List<Painted> all = painted(pairs, i -> predictions.get(i).decode(palette));
                for (int i = 0; i < all.size(); i++) {
                    contender.scores.get(way).add(all.get(i).scores());
                    if (way == 0) {
                        contender.rebalanced.add(all.get(i).scores().rebalancedArea());
                        painted.get(i).add(all.get(i).picture());
                    }
                }
            }
        }
        painted(pairs, i -> NO_COLOR).forEach(photo -> gray.add(photo.scores()));
        painted(pairs, i -> pairs.get(i).other().colors()).forEach(photo -> random.add(photo.scores()));
        painted(pairs, i -> pairs.get(i).truth().colors()).forEach(photo -> real.add(photo.scores()));
        for (int i = 0; i < pairs.size(); i++) {
            sheet.offer(pairs.get(i).truth(), painted.get(i));
            photos++;
        }
    }

    /** A photo as it was painted, and what it scores. */
    private record Painted(EightBit picture, Scores scores) {}

    private List<Painted> painted(List<Pair> pairs, IntFunction<AbPlanes> colors) {
        return IntStream.range(0, pairs.size())
                .parallel()
                .mapToObj(i -> {
                    Truth.Known truth = pairs.get(i).truth();
                    AbPlanes said = colors.apply(i);
                    EightBit picture = Scores.paint(truth.photo(), said);
                    return new Painted(picture, score(truth, said, picture));
                })
                .toList();
    }

    private Scores score(Truth.Known truth, AbPlanes said, EightBit painted) {
        Scores scores = Scores.of(truth, said, painted, weights);
        String scene = truth.name().scene();
        measure.judge().filter(judge -> judge.knows(scene)).ifPresent(judge -> {
            boolean isRecognized = judge.recognizes(scene, painted.argb(), painted.width(), painted.height());
            scores.judged(isRecognized);
        });
        return scores;
    }

    private EvaluationReport report(Contender contender) {
        List<EvaluationReport.Row> network = new ArrayList<>();
        for (int way = 0; way < contender.ways.size(); way++) {
            network.add(contender.scores.get(way).row(contender.ways.get(way).name()));
        }
        return new EvaluationReport(
                contender.candidate.name(),
                contender.candidate.colorizer().inputSize(),
                photos,
                leftOut,
                measure.seed(),
                network,
                List.of(gray.row("Gray"), random.row("Random"), real.row("Real")));
    }
}
