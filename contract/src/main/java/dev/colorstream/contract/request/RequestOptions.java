package dev.colorstream.contract.request;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import java.util.Optional;

/**
 * What a client may wish for one photo; what is empty is the worker's choice.
 *
 * @param modelVersion the very version that shall color it; not together with a channel
 * @param channel the channel whose version shall color it
 * @param temperature of the annealed mean, 0.01 (the most likely color) to 1 (the mean of all colors)
 * @param saturation factor on the chroma, 0 (gray) to 2; 1 is what the network says
 * @param format of the color photo
 * @param quality of a JPEG, 1 to 100
 * @param maxPixels a photo with more pixels than this fails instead of being colored, at least 1
 */
public record RequestOptions(
        Optional<ModelVersionId> modelVersion,
        Optional<Channel> channel,
        Optional<Double> temperature,
        Optional<Double> saturation,
        Optional<OutputFormat> format,
        Optional<Integer> quality,
        Optional<Long> maxPixels) {

    /** No wish at all. */
    public static final RequestOptions NONE = new RequestOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public RequestOptions {
        if (modelVersion.isPresent() && channel.isPresent()) {
            throw new IllegalArgumentException("modelVersion and channel are both set: keep one of them");
        }
        temperature.ifPresent(t -> requireRange("temperature", t, 0.01, 1));
        saturation.ifPresent(s -> requireRange("saturation", s, 0, 2));
        quality.ifPresent(q -> {
            if (q < 1 || q > 100) {
                throw new IllegalArgumentException("quality is " + q + ": write a whole number from 1 to 100");
            }
        });
        maxPixels.ifPresent(p -> {
            if (p < 1) {
                throw new IllegalArgumentException("maxPixels is " + p + ": write a whole number from 1 on");
            }
        });
    }

    /** The wish for a version of the network, and no other. */
    public static RequestOptions pinned(ModelVersionId version) {
        return new RequestOptions(
                Optional.of(version),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** These wishes, but for what the others name; a version replaces a channel, and a channel a version. */
    public RequestOptions changedBy(RequestOptions others) {
        boolean otherModel = others.modelVersion.isPresent() || others.channel.isPresent();
        return new RequestOptions(
                otherModel ? others.modelVersion : modelVersion,
                otherModel ? others.channel : channel,
                others.temperature.or(() -> temperature),
                others.saturation.or(() -> saturation),
                others.format.or(() -> format),
                others.quality.or(() -> quality),
                others.maxPixels.or(() -> maxPixels));
    }

    private static void requireRange(String name, double value, double from, double to) {
        if (!(value >= from && value <= to)) {
            throw new IllegalArgumentException(name + " is " + value + ": write a number from " + from + " to " + to);
        }
    }
}
