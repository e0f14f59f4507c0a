package dev.colorstream.worker.modelversion;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.worker.modelversion.VersionState.Refused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;

/** What operators see of the versions of a worker. */
final class VersionMeters {
    private final MeterRegistry registry;
    private final MultiGauge states;

    VersionMeters(MeterRegistry registry) {
        this.registry = registry;
        states = MultiGauge.builder("colorstream.model")
                .description("1 for each model version in this worker, with its state")
                .register(registry);
    }

    /** All versions that are not retired. */
    void show(Collection<VersionState> versions) {
        states.register(
                versions.stream()
                        .map(state -> Tags.of("version", state.version().value(), "state", state.stateName()))
                        .distinct()
                        .map(tags -> MultiGauge.Row.of(tags, 1))
                        .toList(),
                // What stays is left in place: overwritten, it would be missing for whoever looks meanwhile.
                false);
    }

    /** A channel's photos are colored by another version than before. */
    void swapped(Channel channel, ModelVersionId from, ModelVersionId to) {
        if (!from.equals(to)) {
            Counter.builder("colorstream.model.swaps")
                    .description("how often a channel went over to another version")
                    .tag("channel", channel.wireName())
                    .register(registry)
                    .increment();
        }
    }

    void refused(Refused refused) {
        Counter.builder("colorstream.model.refusals")
                .description("how often a version was not taken, the one that served goes on")
                .tag("reason", refused.reason().wireName())
                .register(registry)
                .increment();
    }
}
