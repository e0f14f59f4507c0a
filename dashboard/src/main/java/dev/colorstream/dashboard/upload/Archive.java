package dev.colorstream.dashboard.upload;

import dev.colorstream.storage.objectstore.ObjectContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip archive of photos. */
public final class Archive {
    private static final int MOST_PHOTOS = 20_000;

    private Archive() {}

    /** Takes photos of an archive. */
    public interface Visitor {
        /** A photo; its content is gone when this returns. */
        void photo(String name, ObjectContent content);
    }

    /** An entry that was not taken, and why. */
    public record Refused(String name, String reason) {}

    /** Whether the name is one of an archive. */
    public static boolean isNamed(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /**
     * Gives each file of the archive to the visitor.
     *
     * @param maxBytes that an entry may have
     * @return what was not given
     * @throws IOException where the archive cannot be read at all
     */
    public static List<Refused> visit(Path archive, long maxBytes, Visitor visitor) throws IOException {
        List<Refused> refused = new ArrayList<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            int photos = 0;
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.isDirectory() || isHidden(entry.getName())) {
                    continue;
                }
                if (photos++ == MOST_PHOTOS) {
                    refused.add(new Refused(entry.getName(), "an archive has at most " + MOST_PHOTOS + " photos here"));
                    break;
                }
                take(zip, entry, maxBytes, visitor, refused);
            }
        }
        return refused;
    }

    private static boolean isHidden(String name) {
        return name.startsWith("__MACOSX/")
                || name.substring(name.lastIndexOf('/') + 1).startsWith(".");
    }

    private static void take(ZipFile zip, ZipEntry entry, long maxBytes, Visitor visitor, List<Refused> refused)
            throws IOException {
        Path file = Files.createTempFile("entry", null);
        try {
            if (copied(zip, entry, file, maxBytes)) {
                visitor.photo(entry.getName(), ObjectContent.of(file));
            } else {
                refused.add(new Refused(entry.getName(), "larger than " + maxBytes + " bytes"));
            }
        } catch (ZipException e) {
            refused.add(new Refused(entry.getName(), "cannot be unpacked: " + e.getMessage()));
        } finally {
            Files.delete(file);
        }
    }

    private static boolean copied(ZipFile zip, ZipEntry entry, Path file, long maxBytes) throws IOException {
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(file)) {
            return BoundedCopy.copy(in, out, maxBytes);
        }
    }
}
