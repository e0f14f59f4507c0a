package dev.colorstream.trainer.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A folder or a zip archive of photos, flat or with one folder a scene as the Intel Image Classification set has them.
 * Safe from several threads.
 */
public final class PhotoSource implements Closeable {
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "dib", "gif", "tif", "tiff", "webp");

    private final Path path;
    private final @Nullable ZipFile zip;
    private final List<PhotoName> photos;
    private final List<String> unreadable;

    /**
     * A photo's place in its source.
     *
     * @param path relative to the source, with {@code /}
     */
    public record PhotoName(String path) {
        /** The name of the folder that holds it, or the empty string. */
        public String scene() {
            int file = path.lastIndexOf('/');
            return file < 0 ? "" : path.substring(path.lastIndexOf('/', file - 1) + 1, file);
        }
    }

    private PhotoSource(Path path, @Nullable ZipFile zip, Stream<String> names, List<String> unreadable) {
        this.path = path;
        this.zip = zip;
        this.unreadable = List.copyOf(unreadable);
        this.photos = names.filter(PhotoSource::isNamedLikeAPhoto)
                .sorted(Comparator.naturalOrder())
                .map(PhotoName::new)
                .toList();
    }

    /**
     * Opens a folder, looked through to its depths and where its links lead, or a zip archive.
     *
     * @throws IOException where it cannot be read; the message names the path
     */
    public static PhotoSource open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return ofFolder(path);
        }
        if (!Files.exists(path)) {
            throw new IOException(path + " does not exist; give a folder or a zip archive of photos");
        }
        ZipFile zip;
        try {
            zip = zip(path);
        } catch (IOException e) {
            throw new IOException(path + " is neither a folder nor a zip archive: " + e.getMessage(), e);
        }
        return new PhotoSource(
                path, zip, zip.stream().filter(entry -> !entry.isDirectory()).map(entry -> entry.getName()), List.of());
    }

    private static PhotoSource ofFolder(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        SimpleFileVisitor<Path> visitor = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    names.add(nameIn(folder, file));
                } else if (attributes.isSymbolicLink()) {
                    unreadable.add(nameIn(folder, file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (file.equals(folder)) {
                    throw new IOException(folder + " cannot be read: " + why, why);
                }
                // A link to a folder above leads to nothing new.
                if (!(why instanceof FileSystemLoopException)) {
                    unreadable.add(nameIn(folder, file));
                }
                return FileVisitResult.CONTINUE;
            }
        };
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        return new PhotoSource(folder, null, names.stream(), unreadable);
    }

    private static String nameIn(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static ZipFile zip(Path path) throws IOException {
        try {
            return new ZipFile(path.toFile());
        } catch (ZipException e) {
            // Windows writes names in the code page of its place. Here it is enough that they differ.
            return new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1);
        }
    }

    /** What looks like a photo by its name, ordered by name. */
    public List<PhotoName> photos() {
        return photos;
    }

    /** What lies in the folder and could not be looked into, such as folders without permission and links to nowhere. */
    public List<String> unreadable() {
        return unreadable;
    }

    /** A photo's bytes. */
    public byte[] read(PhotoName photo) throws IOException {
        if (zip == null) {
            return Files.readAllBytes(path.resolve(photo.path()));
        }
        try (InputStream in = zip.getInputStream(zip.getEntry(photo.path()))) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() throws IOException {
        if (zip != null) {
            zip.close();
        }
    }

    /** Whether a file of that name or path may hold a photo, by its extension. */
    public static boolean isNamedLikeAPhoto(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !file.startsWith(".") && EXTENSIONS.contains(extension);
    }
}
