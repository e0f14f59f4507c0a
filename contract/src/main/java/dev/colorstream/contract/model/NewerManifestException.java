package dev.colorstream.contract.model;

/** The manifest has a form that only newer versions of Colorstream read; the mend is to update. */
public final class NewerManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NewerManifestException(String message) {
        super(message);
    }
}
