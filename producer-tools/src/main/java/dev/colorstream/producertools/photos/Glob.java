package dev.colorstream.producertools.photos;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** A pattern of paths like {@code scans/**.jpg}, for shells that do not expand them and lists that are too long for one. */
record Glob(String pattern) {
    private static final String MARKS = "*?[{";

    /** Whether the argument is a pattern and no path that is there. */
    static boolean isGlob(String argument) {
        return argument.chars().anyMatch(c -> MARKS.indexOf(c) >= 0) && !Files.exists(Path.of(argument));
    }

    /** The folder below which all matches lie. */
    Path base() {
        int slash = pattern.lastIndexOf('/', firstMark());
        return Path.of(slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash));
    }

    /** The files that match, relative to {@link #base}, sorted. */
    List<Path> files() throws IOException {
        Path base = base();
        String below = pattern.substring(pattern.lastIndexOf('/', firstMark()) + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + below);
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> walked = Files.walk(base)) {
            return walked.filter(Files::isRegularFile)
                    .map(base::relativize)
                    .filter(matcher::matches)
                    .sorted()
                    .toList();
        }
    }

    private int firstMark() {
        int mark = 0;
        while (MARKS.indexOf(pattern.charAt(mark)) < 0) {
            mark++;
        }
        return mark;
    }
}
