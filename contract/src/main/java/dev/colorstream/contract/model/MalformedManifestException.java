package dev.colorstream.contract.model;

/** The bytes are no manifest; the message names the field and the mend. */
public final class MalformedManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedManifestException(String message, Throwable cause) {
        super(message, cause);
    }
}
