package dev.colorstream.colorizer.network;

/** The machine's CPU, card or operating system cannot run the native library that the network needs. */
public final class UnsupportedCpuException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedCpuException(String message) {
        super(message);
    }

    UnsupportedCpuException(String message, Throwable cause) {
        super(message, cause);
    }
}
