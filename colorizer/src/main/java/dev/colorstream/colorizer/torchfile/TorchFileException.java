package dev.colorstream.colorizer.torchfile;

/** A file is no PyTorch file of weights, or asks for more than reading weights takes; the message says what to do. */
public final class TorchFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message names the file and the mend */
    public TorchFileException(String message) {
        super(message);
    }

    TorchFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
