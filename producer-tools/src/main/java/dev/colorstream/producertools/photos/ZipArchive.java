package dev.colorstream.producertools.photos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.io.input.ChecksumInputStream;

/** A zip archive, zip64 included, read entry by entry in the order of its directory. */
final class ZipArchive {
    private final Path file;
    private final UnpackLimits limits;

    ZipArchive(Path file, UnpackLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /** Shows every file in it to the visitor. */
    void read(EntryVisitor visitor) throws IOException {
        // The directory alone tells the entries: reading 100,000 local headers first would take a seek each.
        try (ZipFile zip =
                ZipFile.builder().setPath(file).setIgnoreLocalFileHeader(true).get()) {
            long packed = Files.size(file);
            UnpackGuard guard = new UnpackGuard(limits, () -> packed);
            Enumeration<ZipArchiveEntry> entries = zip.getEntries();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                if (entry.isDirectory() || entry.isUnixSymlink()) {
                    continue;
                }
                if (zip.canReadEntryData(entry)) {
                    read(zip, entry, guard, visitor);
                } else {
                    visitor.unreadable(entry.getName(), "is encrypted or packed in an unknown way");
                }
            }
        }
    }

    private static void read(ZipFile zip, ZipArchiveEntry entry, UnpackGuard guard, EntryVisitor visitor)
            throws CompressionBombException {
        try {
            visitor.entry(entry.getName(), entry.getSize(), () -> guard.counted(checked(zip, entry)));
        } catch (IOException e) {
            visitor.unreadable(entry.getName(), "is damaged (" + e.getMessage() + ")");
        }
        guard.requireHarmless();
    }

    private static InputStream checked(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        return ChecksumInputStream.builder()
                .setInputStream(zip.getInputStream(entry))
                .setChecksum(new CRC32())
                .setCountThreshold(entry.getSize())
                .setExpectedChecksumValue(entry.getCrc())
                .get();
    }
}
