package dev.colorstream.producertools.photos;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files below a folder, as far as they can be seen. Links to folders are not followed.
 *
 * @param files relative to the folder, sorted
 * @param unreadable what cannot be looked into, and why
 */
record FileTree(List<Path> files, Map<Path, IOException> unreadable) {
    FileTree {
        files = List.copyOf(files);
        unreadable = Collections.unmodifiableMap(new LinkedHashMap<>(unreadable));
    }

    /**
     * Looks through the folder.
     *
     * @param depth how many folders deep: 1 for the folder's own files
     */
    static FileTree below(Path folder, int depth) throws IOException {
        List<Path> files = new ArrayList<>();
        Map<Path, IOException> unreadable = new LinkedHashMap<>();
        Files.walkFileTree(folder, Set.of(), depth, new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (Files.isRegularFile(file)) {
                    files.add(folder.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                unreadable.put(file, e);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) {
                if (e != null) {
                    unreadable.put(visited, e);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new FileTree(files.stream().sorted().toList(), unreadable);
    }
}
