package dev.colorstream.trainer.publication;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.evaluation.EvaluationReport;
import dev.colorstream.trainer.training.TrainingRun;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code MODEL_CARD.md}: what a network was made of, how good it is, and what it must not be used for. */
final class ModelCard {
    private ModelCard() {}

    /**
     * @param parent the version that training started from
     * @param settings of the training, by name
     * @param data what the training photos are called
     * @param temperature that was chosen on the validation photos, if one was
     * @param evaluatedOn what the evaluation photos are called
     */
    static String of(
            TrainingRun.Outcome run,
            Optional<ModelVersionId> parent,
            PreparedPhotos prepared,
            Map<String, String> settings,
            String data,
            Optional<Double> temperature,
            String evaluatedOn,
            EvaluationReport evaluation) {
        String rows = settings.entrySet().stream()
                .map(setting -> "| " + setting.getKey() + " | " + setting.getValue() + " |\n")
                .collect(Collectors.joining());
        String prediction = switch (run.settings().variant().head()) {
            case BIN_DISTRIBUTION ->
                "a distribution over " + AbBins.COUNT + " ab bins a cell, decoded by the annealed mean"
                        + temperature
                                .map(t -> " at T = " + t + ", of the highest rebalanced AuC on the validation photos")
                                .orElse("");
            case AB_PLANE -> "one color a cell, on which the temperature has no influence";
        };
        String origin = parent.map(version -> run.step() == 0
                        ? "The network is that of `" + version.value() + "`, with a balance of its own.\n"
                        : "It went on from `" + version.value() + "`.\n")
                .orElse("");
        return String.format(
                Locale.ROOT,
                """
                # %s

                A network that predicts colors for gray photos: variant `%s`, architecture `%s`, input %d x %d,
                %s.

                ## Made of
                %s%d photos of %s, and %d more to choose the best epoch by validation loss; %d minutes on one CPU
                (%s). Fingerprint of the photos' contents: `%s`.

                | setting | value |
                |---|---|
                %s
                ## How good it is
                On %s, which no training step saw:

                ```
                %s```

                AuC is the area under the curve of ab errors (0 to 150); `l=.5` and `l=0` weigh pixels by how rare their
                color is. Gray paints no color, Random another photo's colors. The number alone means nothing: read it
                beside Gray and Random.

                ## Limits
                - The colors are plausible, not true. They are no evidence of anything, and no ground for a diagnosis.
                - It knows what its photos showed. Photos of other things get the colors of what they resemble.
                - Judge it on your own photos before you use it, above all on people: a network that saw hardly any
                  learned nothing of skin, and no tone of skin well.
                """,
                evaluation.model(),
                run.settings().variant().wireName(),
                run.settings().architecture(),
                evaluation.inputSize(),
                evaluation.inputSize(),
                prediction,
                origin,
                prepared.training().size(),
                data,
                prepared.validation().size(),
                Math.round(run.seconds() / 60.0),
                Origin.environment().cpu(),
                prepared.fingerprint(),
                rows,
                evaluatedOn,
                evaluation.table());
    }
}
