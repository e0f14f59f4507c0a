package dev.colorstream.producertools.photos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;

/** Where photos come from, as a command line names it. */
public sealed interface PhotoSource {
    /** A photo, a folder or an archive. */
    record OfPath(Path path) implements PhotoSource {}

    /** All files that match the pattern; one that is none is a {@link PatternSyntaxException}. */
    record OfGlob(String pattern) implements PhotoSource {
        public OfGlob {
            var unused = new Glob(pattern).matcher();
        }
    }

    /** A tar archive, plain or packed with gzip or Zstandard, on standard input. */
    record StandardInput() implements PhotoSource {}

    /**
     * What the argument names: {@code -} is standard input, a pattern that is no file's name matches files.
     *
     * @throws PatternSyntaxException when it is no file's name, and no pattern either
     */
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
