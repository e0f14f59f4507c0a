package dev.colorstream.local.childjvm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars and class folders that a JVM loads its classes from, in order.
 *
 * @param entries existing files and folders
 */
public record ClassPath(List<Path> entries) {
    private static final String REBUILD = "; build it again: mvn package -DskipTests";

    /**
     * Checks that every entry exists.
     *
     * @throws IllegalArgumentException naming the entry that is missing
     */
    public ClassPath {
        entries = List.copyOf(entries);
        for (Path entry : entries) {
            if (!Files.exists(entry)) {
                throw new IllegalArgumentException("Class path entry " + entry + " is missing" + REBUILD);
            }
        }
    }

    /** The class path written in a file of one line, as Maven's dependency plugin writes it. */
    public static ClassPath inFile(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the class path in " + file + REBUILD, e);
        }
    }

    /** The class path of this JVM, its wildcards as the jars that they stood for; it passes over what is missing. */
    public static ClassPath ofThisJvm() {
        return new ClassPath(paths(System.getProperty("java.class.path"))
                .filter(Files::exists)
                .toList());
    }

    /** The class path written in a resource of one line that lies beside a class. */
    public static ClassPath inResource(Class<?> beside, String name) {
        try (InputStream resource = beside.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalArgumentException(
                        "Resource " + name + " beside " + beside.getName() + " is missing" + REBUILD);
            }
            return parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read resource " + name + " beside " + beside.getName(), e);
        }
    }

    /** The jar or class folder that a class was loaded from. */
    public static ClassPath holding(Class<?> type) {
        try {
            return new ClassPath(List.of(Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI())));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Cannot tell where " + type + " was loaded from", e);
        }
    }

    /** This class path followed by another. */
    public ClassPath plus(ClassPath other) {
        return new ClassPath(Stream.concat(entries.stream(), other.entries.stream())
                .distinct()
                .toList());
    }

    /** One word for {@code java -cp}. */
    @Override
    public String toString() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static ClassPath parse(String line) {
        return new ClassPath(paths(line).toList());
    }

    private static Stream<Path> paths(String line) {
        return Stream.of(line.strip().split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of);
    }
}
