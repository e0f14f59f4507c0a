package dev.colorstream.producertools.watch;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When the photos of a bucket had their last results, whoever asked for them. */
final class Answers {
    private final WatchOrder order;
    private final Map<String, Instant> byKey = new HashMap<>();

    Answers(WatchOrder order) {
        this.order = order;
    }

    /** Takes a result; those of other buckets and prefixes are passed over. */
    void take(ColorizeResult result) {
        source(result)
                .filter(source -> source.bucket().equals(order.bucket()))
                .filter(source -> source.key().startsWith(order.prefix()))
                .ifPresent(source -> byKey.merge(
                        source.key(), result.completedAt(), (known, next) -> next.isAfter(known) ? next : known));
    }

    /** Whether the object had a result after it was stored. Stores tell that in whole seconds. */
    boolean answered(String key, Instant storedAt) {
        Instant answeredAt = byKey.get(key);
        return answeredAt != null && !answeredAt.isBefore(storedAt);
    }

    private static Optional<ObjectAddress> source(ColorizeResult result) {
        if (result instanceof Colored colored) {
            return Optional.of(colored.source());
        }
        return ((Failed) result).source();
    }
}
