package dev.colorstream.producertools.results;

import dev.colorstream.producertools.photos.ArchiveKind;
import dev.colorstream.storage.objectstore.ObjectContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;

/** A zip or tar archive, written beside its place and moved there when it is complete. Photos are not packed again. */
final class ArchiveDestination implements Destination {
    private final Path target;
    private final Path folder;
    private final Path part;
    private final Writer writer;
    private final Map<String, Long> written = new HashMap<>();

    ArchiveDestination(Path target, ArchiveKind kind, Clock clock) throws IOException {
        this.target = target.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "is a folder");
        }
        Path parent = this.target.getParent();
        folder = parent == null ? this.target : parent;
        Files.createDirectories(folder);
        part = Destination.newPart(folder);
        writer = kind == ArchiveKind.ZIP ? new Zip(part, clock) : new Tar(part, kind, clock);
    }

    @Override
    public synchronized void put(String name, ObjectContent content) throws IOException {
        long crc = crc(content);
        Long before = written.putIfAbsent(name, crc);
        if (before == null) {
            writer.write(name, content, crc);
        } else if (before != crc) {
            throw new IOException(
                    "newer colors came when the archive held it already: repeat 'colorstream await' for them");
        }
    }

    private static long crc(ObjectContent content) throws IOException {
        try (CheckedInputStream bytes = new CheckedInputStream(content.open(), new CRC32())) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return bytes.getChecksum().getValue();
        }
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public synchronized void complete() throws IOException {
        writer.close();
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public synchronized void close() throws IOException {
        if (Files.deleteIfExists(part)) {
            writer.close();
        }
    }

    private static void copy(ObjectContent content, OutputStream archive) throws IOException {
        try (InputStream bytes = content.open()) {
            bytes.transferTo(archive);
        }
    }

    /** Writes one entry after another. */
    private interface Writer {
        void write(String name, ObjectContent content, long crc) throws IOException;

        void close() throws IOException;
    }

    private static final class Zip implements Writer {
        private final ZipArchiveOutputStream zip;
        private final Clock clock;

        private Zip(Path file, Clock clock) throws IOException {
            zip = new ZipArchiveOutputStream(file);
            this.clock = clock;
        }

        @Override
        public void write(String name, ObjectContent content, long crc) throws IOException {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length());
            entry.setCompressedSize(content.length());
            entry.setCrc(crc);
            entry.setLastModifiedTime(FileTime.from(clock.instant()));
            zip.putArchiveEntry(entry);
            copy(content, zip);
            zip.closeArchiveEntry();
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    private static final class Tar implements Writer {
        private final TarArchiveOutputStream tar;
        private final Clock clock;

        private Tar(Path file, ArchiveKind kind, Clock clock) throws IOException {
            OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file));
            OutputStream packed = switch (kind) {
                case TAR_GZIP -> new GzipCompressorOutputStream(bytes);
                case TAR_ZSTD -> new ZstdCompressorOutputStream(bytes);
                case TAR, ZIP -> bytes;
            };
            tar = new TarArchiveOutputStream(packed, "UTF-8");
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            this.clock = clock;
        }

        @Override
        public void write(String name, ObjectContent content, long crc) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length());
            entry.setModTime(clock.millis());
            tar.putArchiveEntry(entry);
            copy(content, tar);
            tar.closeArchiveEntry();
        }

        @Override
        public void close() throws IOException {
            tar.close();
        }
    }
}
