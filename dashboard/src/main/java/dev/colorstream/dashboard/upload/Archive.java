package dev.colorstream.dashboard.upload;

import dev.colorstream.storage.objectstore.ObjectContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
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
    private static final String SUFFIX = ".zip";

    /** Of names that are not UTF-8, as the zip format has it; its umlauts are those of Windows in Western Europe too. */
    private static final Charset OTHER_NAMES = Charset.forName("IBM437");

    private static final int MOST_PHOTOS = 20_000;

    /** Photos hardly shrink: what grows more, once it has grown to much, is a bomb. */
    private static final int MOST_GROWTH = 100;

    private static final long FREE_BYTES = 256L << 20;

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
        return name.toLowerCase(Locale.ROOT).endsWith(SUFFIX);
    }

    /** Where the entry of the archive of that name would lie once unpacked into a folder named like the archive. */
    public static String unpacked(String archive, String entry) {
        return archive.substring(0, archive.length() - SUFFIX.length()) + "/" + entry;
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
        try (ZipFile zip = open(archive)) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            long unpackable = Math.max(FREE_BYTES, MOST_GROWTH * Files.size(archive));
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
                unpackable -= take(zip, entry, maxBytes, visitor, refused);
                if (unpackable <= 0) {
                    refused.add(new Refused(
                            entry.getName(), "the archive unpacks to more than " + MOST_GROWTH + " times its size"));
                    break;
                }
            }
        }
        return refused;
    }

    private static ZipFile open(Path archive) throws IOException {
        try {
            return new ZipFile(archive.toFile());
        } catch (ZipException e) {
            // Names that are no UTF-8 are refused like what is no archive at all.
            return new ZipFile(archive.toFile(), OTHER_NAMES);
        }
    }

    private static boolean isHidden(String name) {
        return name.startsWith("__MACOSX/")
                || name.substring(name.lastIndexOf('/') + 1).startsWith(".");
    }

    /** Gives the entry to the visitor or says why not; returns how much was unpacked. */
    private static long take(ZipFile zip, ZipEntry entry, long maxBytes, Visitor visitor, List<Refused> refused)
            throws IOException {
        try (TemporaryFile file = TemporaryFile.create();
                InputStream content = zip.getInputStream(entry)) {
            if (file.fill(content, maxBytes)) {
                visitor.photo(entry.getName(), ObjectContent.of(file.path()));
            } else {
                refused.add(new Refused(entry.getName(), "larger than " + maxBytes + " bytes"));
            }
            return Files.size(file.path());
        } catch (ZipException e) {
            refused.add(new Refused(entry.getName(), "cannot be unpacked: " + e.getMessage()));
            return 0;
        }
    }
}
