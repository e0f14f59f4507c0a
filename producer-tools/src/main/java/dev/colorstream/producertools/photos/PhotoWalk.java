package dev.colorstream.producertools.photos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Walks through files, folders and zip archives, and shows what lies in them to a visitor.
 *
 * <p>What has a photo's ending counts as a photo whatever its bytes are: whoever uploads it shall hear what is wrong with it.
 * The rest counts by its first bytes. Names are relative to the folder or archive, with its own name in front where several
 * paths are walked; a name that comes again gets a number.
 */
public final class PhotoWalk {
    private final PhotoVisitor visitor;
    private final Map<String, Integer> used = new HashMap<>();

    public PhotoWalk(PhotoVisitor visitor) {
        this.visitor = visitor;
    }

    /** Walks through the paths in their order. */
    public void walk(List<Path> paths) {
        for (Path path : paths) {
            String prefix = paths.size() > 1 ? stem(fileName(path)) + "/" : "";
            if (Files.isDirectory(path)) {
                folder(path, prefix);
            } else if (isZip(path)) {
                archive(path, prefix);
            } else {
                file(path, fileName(path));
            }
        }
    }

    private void folder(Path folder, String prefix) {
        List<Path> children;
        try (Stream<Path> listed = Files.list(folder)) {
            // Sorted, so that a repeat finds the same photos under the same names.
            children = listed.sorted().toList();
        } catch (IOException e) {
            visitor.refused(folder.toString(), unreadable(e));
            return;
        }
        for (Path child : children) {
            String name = prefix + fileName(child);
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                folder(child, name + "/");
            } else if (!Files.isRegularFile(child)) {
                visitor.skipped(name);
            } else if (isZip(child)) {
                archive(child, stem(name) + "/");
            } else {
                file(child, name);
            }
        }
    }

    private void file(Path file, String name) {
        try {
            entry(name, Files.size(file), () -> Files.newInputStream(file));
        } catch (IOException e) {
            visitor.refused(name, unreadable(e));
        }
    }

    private void archive(Path archive, String prefix) {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (entry.isDirectory() || entry.isUnixSymlink()) {
                    continue;
                }
                String name = prefix + entry.getName();
                if (zip.canReadEntryData(entry)) {
                    archiveEntry(zip, entry, name);
                } else {
                    visitor.refused(name, "is encrypted or packed in an unknown way: unpack the archive yourself");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            visitor.refused(archive.toString(), "is no zip archive that can be read: " + e.getMessage());
        }
    }

    private void archiveEntry(ZipFile zip, ZipArchiveEntry entry, String name) {
        try {
            entry(name, entry.getSize(), () -> zip.getInputStream(entry));
        } catch (IOException e) {
            visitor.refused(name, unreadable(e));
        }
    }

    private void entry(String name, long size, PhotoFile.Content content) throws IOException {
        if (isPlatformLitter(name) || !isPhoto(name, content)) {
            visitor.skipped(name);
            return;
        }
        Optional<String> safe = SafeName.of(name);
        if (safe.isEmpty()) {
            visitor.refused(name, "has a name that leaves its folder or is too long: rename it");
        } else {
            visitor.photo(new PhotoFile(unique(safe.orElseThrow()), size, content));
        }
    }

    private static boolean isPhoto(String name, PhotoFile.Content content) throws IOException {
        if (PhotoKind.ofName(name).isPresent()) {
            return true;
        }
        try (InputStream stream = content.open()) {
            return PhotoKind.ofHead(stream.readNBytes(PhotoKind.HEAD_BYTES)).isPresent();
        }
    }

    /** What macOS leaves in archives beside each photo, under the photo's ending. */
    private static boolean isPlatformLitter(String name) {
        return name.contains("__MACOSX/")
                || name.substring(name.lastIndexOf('/') + 1).startsWith("._");
    }

    private String unique(String name) {
        String free = name;
        while (used.containsKey(free)) {
            int number = used.merge(name, 1, Integer::sum);
            int dot = name.lastIndexOf('.');
            int end = dot > name.lastIndexOf('/') ? dot : name.length();
            free = name.substring(0, end) + "-" + number + name.substring(end);
        }
        used.put(free, 1);
        return free;
    }

    private static boolean isZip(Path path) {
        return fileName(path).toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    private static String fileName(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString();
    }

    private static String stem(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".zip")
                ? name.substring(0, name.length() - ".zip".length())
                : name;
    }

    private static String unreadable(IOException e) {
        return "cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
