package dev.colorstream.storage.objectstore;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of certificates to trust cannot be read, or holds none. */
public final class UnreadableCertificatesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableCertificatesException(Path file, @Nullable Exception cause) {
        super(
                "cannot read certificates from " + file + (cause == null ? " (it is empty)" : " (" + cause + ")")
                        + ": name a PEM file, with -----BEGIN CERTIFICATE----- before each",
                cause);
    }
}
