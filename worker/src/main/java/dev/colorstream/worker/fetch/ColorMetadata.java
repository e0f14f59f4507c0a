package dev.colorstream.worker.fetch;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.RequestId;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored with a color photo, enough to tell its result again.
 *
 * @param request whose photo it is; an id that metadata cannot hold as it is stands as its hash
 * @param version the network that colored it
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 * @param width in pixels; likewise {@code height}
 */
public record ColorMetadata(String request, ModelVersionId version, String sha256, int width, int height) {
    private static final String REQUEST = "request-id";
    private static final String VERSION = "model-version";
    private static final String SHA256 = "sha256";
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";

    /** The metadata of a photo that was just colored. */
    public static ColorMetadata of(RequestId request, ModelVersionId version, String sha256, int width, int height) {
        return new ColorMetadata(storable(request), version, sha256, width, height);
    }

    /** As it is stored. */
    public Map<String, String> toMap() {
        return Map.of(
                REQUEST, request,
                VERSION, version.value(),
                SHA256, sha256,
                WIDTH, Integer.toString(width),
                HEIGHT, Integer.toString(height));
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
                    Integer.parseInt(stored.getOrDefault(HEIGHT, "")));
            return Hashes.isSha256Hex(sha256) && metadata.width >= 1 && metadata.height >= 1
                    ? Optional.of(metadata)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether it is this request's photo, by this network. */
    boolean isOf(RequestId wanted, ModelVersionId served) {
        return request.equals(storable(wanted)) && version.equals(served);
    }

    private static String storable(RequestId id) {
        return id.value().matches("[!-~]+") ? id.value() : "sha256:" + Hashes.shortHash(id.value());
    }
}
