package dev.colorstream.contract.result;

import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ObjectAddress;

/**
 * A color photo as it rests in the store.
 *
 * @param address where it rests
 * @param contentType its media type
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 */
public record ColorObject(ObjectAddress address, String contentType, int width, int height, String sha256) {
    public ColorObject {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a color photo has at least 1 x 1 pixel, not " + width + " x " + height);
        }
        if (!Hashes.isSha256Hex(sha256)) {
            throw new IllegalArgumentException("'" + sha256 + "' is not a SHA-256: 64 lower-case hexadecimal digits");
        }
    }
}
