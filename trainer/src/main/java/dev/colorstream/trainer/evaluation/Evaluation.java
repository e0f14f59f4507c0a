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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures a network on real color photos, beside Gray and Random on the same ones. Photos are taken in a seeded order;
 * Random paints each with the colors of the one before it.
 */
public final class Evaluation {
    private static final int BATCH = 16;
    private static final AbPlanes NO_COLOR = new AbPlanes(1, 1, new float[1], new float[1]);

    private final Colorizer colorizer;
    private final Scores.Weights weights;
    private final Measure measure;
    private final ContactSheet sheet;
    private final List<Way> ways;
    private final List<Scores> networkScores = new ArrayList<>();
    private final Scores gray = new Scores();
    private final Scores random = new Scores();
    private final Scores real = new Scores();
    private final Map<String, String> leftOut = new TreeMap<>();
    private int photos;
    private Truth.@Nullable Known first;
    private Truth.@Nullable Known previous;

    private Evaluation(Colorizer colorizer, Measure measure, int scenes) {
        this.colorizer = colorizer;
        this.weights = Scores.Weights.of(measure.prior());
        this.measure = measure;
        this.sheet = new ContactSheet(Math.max(1, scenes));
        ways = measure.temperatures().isEmpty()
                ? List.of(new Way("network", Palette.DEFAULT))
                : measure.temperatures().stream()
                        .map(temperature -> new Way("network T=" + temperature, new Palette(temperature, 1)))
                        .toList();
        ways.forEach(way -> networkScores.add(new Scores()));
    }

    /**
     * How colors are measured.
     *
     * @param prior of the network's training photos
     * @param temperatures each in (0,1]; none for a network that predicts colors themselves
     * @param seed of the photos' order and with it of Random
     * @param judge tells whether photos are taken for what they show, if there is one; stays the caller's
     */
    public record Measure(AbPrior prior, List<Double> temperatures, long seed, Optional<SceneJudge> judge) {
        public Measure {
            temperatures = List.copyOf(temperatures);
        }
    }

    /**
     * A finished evaluation.
     *
     * @param sheet of the first temperature
     */
    public record Outcome(EvaluationReport report, Sheet sheet) {}

    /** A contact sheet that can be written. */
    public interface Sheet {
        /** Writes it as PNG. */
        void write(Path file) throws IOException;
    }

    /**
     * Runs an evaluation.
     *
     * @param model its name in the report
     * @param names the photos of the source to take; at least two must be in color
     * @param progress hears how many photos were taken so far
     * @throws IOException where too few photos can be used
     */
    public static Outcome run(
            String model,
            Colorizer colorizer,
            Measure measure,
            PhotoSource source,
            List<PhotoName> names,
            IntConsumer progress)
            throws IOException {
        int scenes = (int) names.stream().map(PhotoName::scene).distinct().count();
        Evaluation evaluation = new Evaluation(colorizer, measure, scenes);
        List<PhotoName> order = new ArrayList<>(names);
        Collections.shuffle(order, new Random(measure.seed()));
        for (int from = 0; from < order.size(); from += BATCH) {
            List<PhotoName> some = order.subList(from, Math.min(order.size(), from + BATCH));
            evaluation.score(evaluation.pairs(
                    some.parallelStream().map(name -> Truth.read(source, name)).toList()));
            progress.accept(from + some.size());
        }
        evaluation.scoreFirst();
        return new Outcome(evaluation.report(model), evaluation.sheet::write);
    }

    /** How the network's predictions are decoded, and the row's name. */
    private record Way(String name, Palette palette) {}

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
            throw new IOException("fewer than two of the photos are readable and in color; " + leftOut);
        }
        score(List.of(new Pair(first, previous)));
    }

    /** What one photo scores, and how the network painted it at the first temperature. */
    private record Scored(List<Scores> network, Scores gray, Scores random, Scores real, EightBit painted) {}

    private void score(List<Pair> pairs) {
        List<PhotoPrediction> predictions = colorizer.predict(pairs.parallelStream()
                .map(pair -> colorizer.networkInput(pair.truth().photo()))
                .toList());
        List<Scored> scored = IntStream.range(0, pairs.size())
                .parallel()
                .mapToObj(i -> score(pairs.get(i), predictions.get(i)))
                .toList();
        for (int i = 0; i < scored.size(); i++) {
            Scored photo = scored.get(i);
            for (int t = 0; t < ways.size(); t++) {
                networkScores.get(t).add(photo.network().get(t));
            }
            gray.add(photo.gray());
            random.add(photo.random());
            real.add(photo.real());
            sheet.offer(pairs.get(i).truth(), photo.painted());
            photos++;
        }
    }

    private Scored score(Pair pair, PhotoPrediction prediction) {
        Truth.Known truth = pair.truth();
        List<Scores> network = new ArrayList<>();
        List<EightBit> painted = new ArrayList<>();
        for (Way way : ways) {
            AbPlanes said = prediction.decode(way.palette());
            EightBit picture = Scores.paint(truth.photo(), said);
            network.add(score(truth, said, picture));
            painted.add(picture);
        }
        return new Scored(
                network,
                score(truth, NO_COLOR),
                score(truth, pair.other().colors()),
                score(truth, truth.colors()),
                painted.get(0));
    }

    private Scores score(Truth.Known truth, AbPlanes said) {
        return score(truth, said, Scores.paint(truth.photo(), said));
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

    private EvaluationReport report(String model) {
        List<EvaluationReport.Row> network = new ArrayList<>();
        for (int t = 0; t < ways.size(); t++) {
            network.add(networkScores.get(t).row(ways.get(t).name()));
        }
        return new EvaluationReport(
                model,
                colorizer.inputSize(),
                photos,
                leftOut,
                measure.seed(),
                network,
                List.of(gray.row("Gray"), random.row("Random"), real.row("Real")));
    }
}
