package dev.colorstream.producertools.photos;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

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

    /**
     * What files must match, relative to {@link #base}.
     *
     * @throws PatternSyntaxException when the pattern is none
     */
    PathMatcher matcher() {
        return FileSystems.getDefault().getPathMatcher("glob:" + below());
    }

    /** The files that match, below {@link #base}, and the folders that cannot be searched for them. */
    FileTree files() throws IOException {
        PathMatcher matcher = matcher();
        if (!Files.isDirectory(base())) {
            return new FileTree(List.of(), Map.of());
        }
        FileTree all = FileTree.below(base(), depth());
        return new FileTree(all.files().stream().filter(matcher::matches).toList(), all.unreadable());
    }

    private String below() {
        return pattern.substring(pattern.lastIndexOf('/', firstMark()) + 1);
    }

    /** How deep matches may lie: what is deeper need not be readable. */
    private int depth() {
        boolean any = below().contains("**");
        return any
                ? Integer.MAX_VALUE
                : 1 + (int) below().chars().filter(c -> c == '/').count();
    }

    private int firstMark() {
        int mark = 0;
        while (MARKS.indexOf(pattern.charAt(mark)) < 0) {
            mark++;
        }
        return mark;
    }
}
