package dev.colorstream.trainer.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.colorstream.contract.ModelVersionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run began with beside its settings.
 *
 * @param photos fingerprint of the photos' contents
 * @param from the version that it went on from; null for random weights
 * @param servingSize S that its network is to be served with
 * @param rebalancing how much of it is to be kept; null to choose
 */
record Beginning(
        String photos,
        @Nullable String from,
        int servingSize,
        @Nullable Double rebalancing) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Beginning of(String photos, Optional<ModelVersionId> from, Serving serving) {
        return new Beginning(
                photos,
                from.map(ModelVersionId::value).orElse(null),
                serving.inputSize(),
                serving.rebalancing().orElse(null));
    }

    Serving serving() {
        return new Serving(servingSize, Optional.ofNullable(rebalancing));
    }

    /**
     * Sees to it that a resumed run goes on with what it began with. It may be served otherwise.
     *
     * @param folder of the run
     * @throws IOException where photos or the first weights are others
     */
    void requireSame(Beginning resumed, Path folder) throws IOException {
        if (!photos.equals(resumed.photos())) {
            throw new IOException("the run in " + folder
                    + " began with other photos: resume it with those, or begin another with these");
        }
        if (!Objects.equals(from, resumed.from())) {
            throw new IOException("the run in " + folder + " began with "
                    + (from == null ? "random weights: leave --from out" : from + ": name its folder by --from")
                    + " to resume it");
        }
    }

    void write(Path file) throws IOException {
        WholeFile.writeJson(file, this);
    }

    static Beginning read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Beginning.class);
    }
}
