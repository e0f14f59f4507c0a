package dev.colorstream.trainer.training;

import dev.colorstream.colorizer.network.Architecture;
import java.util.Optional;

/**
 * How a trained network shall be served.
 *
 * @param inputSize S
 * @param rebalancing how much of the rebalancing that it was trained with its colors keep, in [0,1]: 0 paints as rare colors
 *     occur, 1 as vividly as it was trained; chosen on the validation photos if left out
 */
public record Serving(int inputSize, Optional<Double> rebalancing) {
    /** @throws IllegalArgumentException for values out of range */
    public Serving {
        Architecture.requireInputSize(inputSize);
        rebalancing.filter(share -> !(share >= 0 && share <= 1)).ifPresent(share -> {
            throw new IllegalArgumentException("the rebalancing kept is " + share + ": write a share in [0,1]");
        });
    }
}
