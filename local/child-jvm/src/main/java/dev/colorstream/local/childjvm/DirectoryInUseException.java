package dev.colorstream.local.childjvm;

import java.nio.file.Path;

/** A directory that only one process may use at a time is used by another. */
public final class DirectoryInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DirectoryInUseException(Path directory) {
        super("Directory " + directory + " is in use by another process; wait for its end or choose another directory");
    }
}
