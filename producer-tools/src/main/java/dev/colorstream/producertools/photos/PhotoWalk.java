package dev.colorstream.producertools.photos;

import dev.colorstream.producertools.photos.PhotoSource.OfGlob;
import dev.colorstream.producertools.photos.PhotoSource.OfPath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Walks through files, folders and archives, and shows what lies in them to a visitor.
 *
 * <p>What has a photo's ending counts as a photo whatever its bytes are: whoever uploads it shall hear what is wrong with it.
 * The rest counts by its first bytes. Names are relative to the folder or archive, with its own name in front where several
 * paths are walked; a name that comes again gets a number. The same files give the same names in the same order.
 */
public final class PhotoWalk {
    private final PhotoVisitor visitor;
    private final UnpackLimits limits;
    /** How often a name came so far. */
    private final NameTable used = new NameTable();

    public PhotoWalk(PhotoVisitor visitor, UnpackLimits limits) {
        this.visitor = visitor;
        this.limits = limits;
    }

    /**
     * Walks through the sources in their order.
     *
     * @param standardInput read where a source says so; stays the caller's
     */
    public void walk(List<PhotoSource> sources, InputStream standardInput) {
        boolean alone = sources.size() == 1;
        for (PhotoSource source : sources) {
            if (source instanceof OfPath named) {
                path(named.path(), alone ? "" : ArchiveKind.stem(fileName(named.path())) + "/");
            } else if (source instanceof OfGlob pattern) {
                glob(new Glob(pattern.pattern()));
            } else {
                tar(standardInput);
            }
        }
    }

    private void path(Path path, String prefix) {
        if (Files.isDirectory(path)) {
            folder(path, prefix);
        } else if (ArchiveKind.ofName(fileName(path)).isPresent()) {
            archive(path, prefix);
        } else {
            file(path, fileName(path));
        }
    }

    private void glob(Glob glob) {
        try {
            FileTree found = glob.files();
            found.unreadable().forEach((folder, e) -> visitor.refused(folder.toString(), unreadable(e)));
            for (Path match : found.files()) {
                String name = match.toString();
                Path file = glob.base().resolve(match);
                if (ArchiveKind.ofName(name).isPresent()) {
                    archive(file, ArchiveKind.stem(name) + "/");
                } else {
                    file(file, name);
                }
            }
        } catch (IOException e) {
            visitor.refused(glob.pattern(), unreadable(e));
        }
    }

    private void tar(InputStream stream) {
        try {
            new TarArchive(stream, limits).read(entriesUnder(""));
        } catch (IOException | IllegalArgumentException e) {
            visitor.refused("-", "standard input is no tar archive that can be read to its end: " + e.getMessage());
        }
    }

    private void folder(Path folder, String prefix) {
        List<Path> children;
        try (Stream<Path> listed = Files.list(folder)) {
            // Sorted, so that a repeat finds the same photos under the same names. Without the folder, which each would
            // hold.
            children = listed.map(folder::relativize).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            visitor.refused(folder.toString(), unreadable(e));
            return;
        }
        for (Path relative : children) {
            Path child = folder.resolve(relative);
            String name = prefix + relative;
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                folder(child, name + "/");
            } else if (!Files.isRegularFile(child)) {
                visitor.skipped(name);
            } else if (ArchiveKind.ofName(name).isPresent()) {
                archive(child, ArchiveKind.stem(name) + "/");
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
        try {
            if (ArchiveKind.ofName(fileName(archive)).orElseThrow() == ArchiveKind.ZIP) {
                new ZipArchive(archive, limits).read(entriesUnder(prefix));
            } else {
                try (InputStream stream = Files.newInputStream(archive)) {
                    new TarArchive(stream, limits).read(entriesUnder(prefix));
                }
            }
        } catch (CompressionBombException e) {
            visitor.refused(archive.toString(), String.valueOf(e.getMessage()));
        } catch (IOException | IllegalArgumentException e) {
            visitor.refused(archive.toString(), "is no archive that can be read to its end: " + e.getMessage());
        }
    }

    private EntryVisitor entriesUnder(String prefix) {
        return new EntryVisitor() {
            @Override
            public void entry(String name, long size, EntryContent content) throws IOException {
                if (ArchiveKind.ofName(name).isPresent()) {
                    visitor.refused(prefix + name, "is an archive within an archive: unpack the outer one yourself");
                    return;
                }
                PhotoWalk.this.entry(prefix + name, size, content);
            }

            @Override
            public void unreadable(String name, String reason) {
                visitor.refused(prefix + name, reason + ": unpack the archive yourself");
            }
        };
    }

    private void entry(String name, long size, EntryVisitor.EntryContent content) throws IOException {
        if (isPlatformLitter(name)) {
            visitor.skipped(name);
            return;
        }
        try (InputStream stream = new BufferedInputStream(content.open())) {
            if (!isPhoto(name, stream)) {
                visitor.skipped(name);
                return;
            }
            Optional<String> safe = SafeName.of(name);
            if (safe.isEmpty()) {
                visitor.refused(name, "has a name that leaves its folder or is too long: rename it");
            } else {
                visitor.photo(new PhotoFile(unique(safe.orElseThrow()), size, stream));
            }
        }
    }

    private static boolean isPhoto(String name, InputStream stream) throws IOException {
        if (PhotoKind.ofName(name).isPresent()) {
            return true;
        }
        stream.mark(PhotoKind.HEAD_BYTES);
        byte[] head = stream.readNBytes(PhotoKind.HEAD_BYTES);
        stream.reset();
        return PhotoKind.ofHead(head).isPresent();
    }

    /** What macOS leaves in archives beside each photo, under the photo's ending. */
    private static boolean isPlatformLitter(String name) {
        return name.contains("__MACOSX/")
                || name.substring(name.lastIndexOf('/') + 1).startsWith("._");
    }

    private String unique(String name) {
        String free = name;
        while (used.get(free) != NameTable.ABSENT) {
            long number = used.get(name) + 1;
            used.put(name, number);
            int dot = name.lastIndexOf('.');
            int end = dot > name.lastIndexOf('/') ? dot : name.length();
            free = name.substring(0, end) + "-" + number + name.substring(end);
        }
        used.put(free, 1);
        return free;
    }

    private static String fileName(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString();
    }

    private static String unreadable(Exception e) {
        return "cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
