package dev.colorstream.producertools.photos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colorstream.contract.Hashes;
import dev.colorstream.producertools.photos.PhotoSource.OfGlob;
import dev.colorstream.producertools.photos.PhotoSource.OfPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * What the file system says of the files that sources name, without reading them.
 *
 * @param title the first source's name without its ending
 * @param digest of every file's name, size and time of change
 */
public record SourceListing(String title, String digest) {
    /** Lists the sources; standard input, which has no listing, adds nothing, nor do folders that cannot be read. */
    public static SourceListing of(List<PhotoSource> sources) throws IOException {
        MessageDigest digest = Hashes.sha256();
        String title = "";
        for (PhotoSource source : sources) {
            if (source instanceof OfPath named) {
                Path path = named.path().toAbsolutePath().normalize();
                title = title.isEmpty() && path.getFileName() != null
                        ? ArchiveKind.stem(path.getFileName().toString())
                        : title;
                add(digest, path);
            } else if (source instanceof OfGlob pattern) {
                Glob glob = new Glob(pattern.pattern());
                for (Path file : glob.files().files()) {
                    add(digest, glob.base().resolve(file));
                }
            }
        }
        return new SourceListing(title, HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            addFile(digest, path, path.getFileName() == null ? path : path.getFileName());
            return;
        }
        for (Path file : FileTree.below(path, Integer.MAX_VALUE).files()) {
            addFile(digest, path.resolve(file), file);
        }
    }

    private static void addFile(MessageDigest digest, Path file, Path name) throws IOException {
        String line = name + "\n" + Files.size(file) + "\n"
                + Files.getLastModifiedTime(file).toMillis() + "\n";
        digest.update(line.getBytes(UTF_8));
    }
}
