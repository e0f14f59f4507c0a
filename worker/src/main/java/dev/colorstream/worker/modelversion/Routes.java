package dev.colorstream.worker.modelversion;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.request.ColorizeRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Which version each channel colors with at a moment, and which channel a photo without a wish takes. Immutable. */
final class Routes {
    static final Routes NONE = new Routes(new EnumMap<>(Channel.class));

    /** As many digits of a hash as a double holds without rounding. */
    private static final int DIGITS = 13;

    private final Map<Channel, Route> byChannel;

    /**
     * A channel's version.
     *
     * @param share of the photos without a wish that the channel takes, in [0,1]
     */
    record Route(Serving serving, double share) {}

    Routes(Map<Channel, Route> byChannel) {
        this.byChannel = Map.copyOf(byChannel);
    }

    Optional<Route> of(Channel channel) {
        return Optional.ofNullable(byChannel.get(channel));
    }

    boolean names(Serving serving) {
        return byChannel.values().stream().anyMatch(route -> route.serving() == serving);
    }

    /**
     * The version for a request that pins none: its channel's, else the canary's for its share of the jobs, else the stable
     * one. A canary without a version is stood in for by stable.
     *
     * @throws IllegalStateException before the first stable version
     */
    Serving choose(ColorizeRequest request) {
        Optional<Channel> wish = request.options().channel();
        Optional<Route> canary = wish.isPresent()
                ? wish.filter(channel -> channel == Channel.CANARY).flatMap(this::of)
                : of(Channel.CANARY).filter(route -> isWithin(route, request));
        return canary.or(() -> of(Channel.STABLE))
                .orElseThrow(() -> new IllegalStateException("no version serves yet"))
                .serving();
    }

    private static boolean isWithin(Route route, ColorizeRequest request) {
        if (route.share() <= 0 || route.share() >= 1) {
            return route.share() >= 1;
        }
        ModelVersionId salt = route.serving().version();
        return place(salt, request) < route.share();
    }

    /** Where a job lies among all, in [0,1): the same for all its photos, another for each version. */
    private static double place(ModelVersionId salt, ColorizeRequest request) {
        String unit = request.job()
                .map(job -> "job " + job.value())
                .orElse("request " + request.id().value());
        String digits = Hashes.shortHash(salt.value(), unit).substring(0, DIGITS);
        return Long.parseLong(digits, 16) / (double) (1L << (4 * DIGITS));
    }
}
