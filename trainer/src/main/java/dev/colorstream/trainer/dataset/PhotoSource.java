package dev.colorstream.trainer.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A folder or a zip archive of photos, flat or with one folder a scene as the Intel Image Classification set has them.
 * Safe from several threads.
 */
public final class PhotoSource implements Closeable {
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff");

    private final Path path;
    private final @Nullable ZipFile zip;
    private final List<PhotoName> photos;

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

    private PhotoSource(Path path, @Nullable ZipFile zip, Stream<String> names) {
        this.path = path;
        this.zip = zip;
        this.photos = names.filter(PhotoSource::isNamedLikeAPhoto)
                .sorted(Comparator.naturalOrder())
                .map(PhotoName::new)
                .toList();
    }

    /**
     * Opens a folder, looked through to its depths, or a zip archive.
     *
     * @throws IOException where it cannot be read; the message names the path
     */
    public static PhotoSource open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                return new PhotoSource(
                        path,
                        null,
                        files.filter(Files::isRegularFile)
                                .map(file -> path.relativize(file).toString().replace('\\', '/')));
            }
        }
        if (!Files.exists(path)) {
            throw new IOException(path + " does not exist; give a folder or a zip archive of photos");
        }
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (IOException e) {
            throw new IOException(path + " is neither a folder nor a zip archive: " + e.getMessage(), e);
        }
        return new PhotoSource(
                path, zip, zip.stream().filter(entry -> !entry.isDirectory()).map(entry -> entry.getName()));
    }

    /** What looks like a photo by its name, ordered by name. */
    public List<PhotoName> photos() {
        return photos;
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
