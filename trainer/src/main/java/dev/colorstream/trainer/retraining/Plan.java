package dev.colorstream.trainer.retraining;

import dev.colorstream.trainer.gate.GateLimits;
import dev.colorstream.trainer.training.Serving;
import dev.colorstream.trainer.training.TrainingSettings;
import dev.colorstream.trainer.training.Variant;
import java.time.Duration;
import java.util.Optional;

/**
 * What is trained and when.
 *
 * @param bucket where photos come
 * @param prefix of their keys
 * @param heldOutShare of the photos that the gate keeps for itself, in (0,1)
 * @param every a round begins when this has passed since the last one ended and a new photo is there
 * @param minNewPhotos a round begins when as many new photos are there, if that is wished
 * @param fromScratch whether every round begins with random weights, not with the served ones
 * @param settings of a training from random weights
 * @param furtherSettings of one from the served weights; for a network of the same kind
 * @param serving how workers shall serve the network
 */
record Plan(
        String bucket,
        String prefix,
        double heldOutShare,
        Duration every,
        Optional<Integer> minNewPhotos,
        boolean fromScratch,
        TrainingSettings settings,
        TrainingSettings furtherSettings,
        Serving serving,
        Duration checkpointEvery,
        GateLimits limits) {
    Plan {
        if (!(heldOutShare > 0 && heldOutShare < 1)) {
            throw new IllegalArgumentException("the held-out share is " + heldOutShare + ": write one in (0,1)");
        }
        if (settings.variant() == Variant.FUSION) {
            throw new IllegalArgumentException(
                    "variant fusion learns scenes by folders, and photos of a bucket lie in none: train another --variant");
        }
        minNewPhotos.filter(photos -> photos < 1).ifPresent(photos -> {
            throw new IllegalArgumentException("the number of new photos is " + photos + ": write 1 or more");
        });
    }
}
