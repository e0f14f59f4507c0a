package dev.colorstream.producertools;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.request.OutputFormat;
import dev.colorstream.contract.request.RequestOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how photos shall be colored. */
final class PhotoWishes {
    @Option(names = "--model-version", paramLabel = "VERSION", description = "The model version that shall color them.")
    private @Nullable ModelVersionId modelVersion;

    @Option(
            names = "--channel",
            paramLabel = "CHANNEL",
            description = "The channel whose version shall: stable or canary.")
    private @Nullable Channel channel;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "0.01 (the most likely colors) to 1 (the mean of all).")
    private @Nullable Double temperature;

    @Option(names = "--saturation", paramLabel = "FACTOR", description = "0 (gray) to 2; 1 is what the network says.")
    private @Nullable Double saturation;

    @Option(names = "--format", paramLabel = "FORMAT", description = "Of the color photos: jpeg, png or tiff.")
    private @Nullable OutputFormat format;

    @Option(names = "--quality", paramLabel = "Q", description = "Of JPEGs, 1 to 100.")
    private @Nullable Integer quality;

    @Option(names = "--max-pixels", paramLabel = "N", description = "Photos with more pixels fail.")
    private @Nullable Long maxPixels;

    /**
     * The wishes as requests carry them.
     *
     * @throws IllegalArgumentException for one that is out of range
     */
    RequestOptions options() {
        return new RequestOptions(
                Optional.ofNullable(modelVersion),
                Optional.ofNullable(channel),
                Optional.ofNullable(temperature),
                Optional.ofNullable(saturation),
                Optional.ofNullable(format),
                Optional.ofNullable(quality),
                Optional.ofNullable(maxPixels));
    }
}
