package dev.colorstream.producertools.photos;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where photos come from, as a command line names it. */
public sealed interface PhotoSource {
    /** A photo, a folder or an archive. */
    record OfPath(Path path) implements PhotoSource {}

    /** All files that match the pattern. */
    record OfGlob(String pattern) implements PhotoSource {}

    /** A tar archive, plain or packed with gzip or Zstandard, on standard input. */
    record StandardInput() implements PhotoSource {}

    /** What the argument names: {@code -} is standard input, a pattern that is no file's name matches files. */
    static PhotoSource of(String argument) {
        if (argument.equals("-")) {
            return new StandardInput();
        }
        return Glob.isGlob(argument) ? new OfGlob(argument) : new OfPath(Path.of(argument));
    }

    /** Whether it can be read at all. */
    default boolean isReadable() {
        return !(this instanceof OfPath named) || Files.isReadable(named.path());
    }
}
