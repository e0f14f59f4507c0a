package dev.colorstream.producertools.results;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.ColorizeResult;

/** How one photo of a job ended: of its result what awaiting needs, as there may be 100,000 of them. */
public sealed interface Verdict {
    /**
     * The photo has its colors.
     *
     * @param milliseconds that workers spent on it
     */
    record Colored(ColorObject object, ModelVersionId modelVersion, long milliseconds) implements Verdict {}

    /** The photo has none. */
    record Failed(FailureReason reason, String detail) implements Verdict {}

    /** What the result says. */
    static Verdict of(ColorizeResult result) {
        if (result instanceof ColorizeResult.Colored colored) {
            long milliseconds = colored.milliseconds().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return new Colored(colored.object(), colored.modelVersion(), milliseconds);
        }
        ColorizeResult.Failed failed = (ColorizeResult.Failed) result;
        return new Failed(failed.reason(), failed.detail());
    }
}
