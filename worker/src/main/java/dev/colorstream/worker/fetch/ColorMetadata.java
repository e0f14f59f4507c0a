package dev.colorstream.worker.fetch;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.SourceTraits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored with a color photo, enough to tell its result again.
 *
 * @param request whose photo it is; an id that metadata cannot hold as it is stands as its hash
 * @param version the network that colored it
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 * @param width in pixels; likewise {@code height}
 * @param traits of the gray photo's file; empty where an older worker stored the photo
 */
public record ColorMetadata(
        String request, ModelVersionId version, String sha256, int width, int height, Optional<SourceTraits> traits) {
    private static final String REQUEST = "request-id";
    private static final String VERSION = "model-version";
    private static final String SHA256 = "sha256";
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final String HAD_COLOR = "source-had-color";
    private static final String PICTURES = "source-pictures";

    /** The metadata of a photo that was just colored. */
    public static ColorMetadata of(RequestId request, ModelVersionId version, ColorObject object, SourceTraits traits) {
        return new ColorMetadata(
                storable(request), version, object.sha256(), object.width(), object.height(), Optional.of(traits));
    }

    /** As it is stored. */
    public Map<String, String> toMap() {
        Map<String, String> stored = new HashMap<>();
        stored.put(REQUEST, request);
        stored.put(VERSION, version.value());
        stored.put(SHA256, sha256);
        stored.put(WIDTH, Integer.toString(width));
        stored.put(HEIGHT, Integer.toString(height));
        traits.ifPresent(found -> {
            stored.put(HAD_COLOR, Boolean.toString(found.hadColor()));
            stored.put(PICTURES, Integer.toString(found.pictures()));
        });
        return stored;
    }

    /** What was stored; empty for an object that something else stored. */
    static Optional<ColorMetadata> of(Map<String, String> stored) {
        try {
            String sha256 = stored.getOrDefault(SHA256, "");
            ColorMetadata metadata = new ColorMetadata(
                    stored.getOrDefault(REQUEST, ""),
                    new ModelVersionId(stored.getOrDefault(VERSION, "")),
                    sha256,
                    Integer.parseInt(stored.getOrDefault(WIDTH, "")),
                    Integer.parseInt(stored.getOrDefault(HEIGHT, "")),
                    traits(stored));
            return Hashes.isSha256Hex(sha256) && metadata.width >= 1 && metadata.height >= 1
                    ? Optional.of(metadata)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<SourceTraits> traits(Map<String, String> stored) {
        return stored.containsKey(PICTURES)
                ? Optional.of(new SourceTraits(
                        Boolean.parseBoolean(stored.get(HAD_COLOR)), Integer.parseInt(stored.get(PICTURES))))
                : Optional.empty();
    }

    /** Whether it is this request's photo, by this network. */
    boolean isOf(RequestId wanted, ModelVersionId served) {
        return request.equals(storable(wanted)) && version.equals(served);
    }

    private static String storable(RequestId id) {
        return id.value().matches("[!-~]+") ? id.value() : "sha256:" + Hashes.shortHash(id.value());
    }
}
