package dev.colorstream.producertools.results;

import dev.colorstream.producertools.photos.ArchiveKind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
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
    private final Path part;
    private final Writer writer;
    private final Map<String, Long> written = new HashMap<>();

    ArchiveDestination(Path target, ArchiveKind kind, Clock clock) throws IOException {
        this.target = target.toAbsolutePath();
        Path parent = this.target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        part = Files.createTempFile(parent, ".colorstream-", ".part");
        writer = kind == ArchiveKind.ZIP ? new Zip(part, clock) : new Tar(part, kind, clock);
    }

    @Override
    public synchronized void put(String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        Long before = written.putIfAbsent(name, crc.getValue());
        if (before == null) {
            writer.write(name, content, crc.getValue());
        } else if (before != crc.getValue()) {
            throw new IOException(
                    "newer colors came when the archive held it already: repeat 'colorstream await' for them");
        }
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

    /** Writes one entry after another. */
    private interface Writer {
        void write(String name, byte[] content, long crc) throws IOException;

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
        public void write(String name, byte[] content, long crc) throws IOException {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCompressedSize(content.length);
            entry.setCrc(crc);
            entry.setLastModifiedTime(FileTime.from(clock.instant()));
            zip.putArchiveEntry(entry);
            zip.write(content);
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
        public void write(String name, byte[] content, long crc) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            entry.setModTime(clock.millis());
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }

        @Override
        public void close() throws IOException {
            tar.close();
        }
    }
}
