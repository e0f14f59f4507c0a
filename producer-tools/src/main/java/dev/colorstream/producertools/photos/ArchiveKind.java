package dev.colorstream.producertools.photos;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An archive format, told by the name's ending. */
public enum ArchiveKind {
    ZIP(".zip", ".zip"),
    TAR(".tar", ".tar"),
    TAR_GZIP(".tar.gz", ".tgz"),
    TAR_ZSTD(".tar.zst", ".tzst");

    private final String ending;
    private final String shortEnding;

    ArchiveKind(String ending, String shortEnding) {
        this.ending = ending;
        this.shortEnding = shortEnding;
    }

    /** The kind that the name's ending calls. */
    public static Optional<ArchiveKind> ofName(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.endingOf(name).isPresent())
                .findFirst();
    }

    /** The name without the ending of an archive, if it has one. */
    static String stem(String name) {
        return Arrays.stream(values())
                .flatMap(kind -> kind.endingOf(name).stream())
                .findFirst()
                .map(ending -> name.substring(0, name.length() - ending.length()))
                .orElse(name);
    }

    private Optional<String> endingOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of(ending, shortEnding).filter(lower::endsWith).findFirst();
    }
}
