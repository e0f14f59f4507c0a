package dev.colorstream.producertools.photos;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.commons.io.input.CloseShieldInputStream;

/** A tar archive, plain or packed with gzip or Zstandard as its first bytes tell, read as a stream. */
final class TarArchive {
    /** An archive without a file is two empty blocks; some writers leave them out behind a file. */
    private static final int SHORTEST = 512;

    private static final int MAGIC_BYTES = 4;
    private static final String GZIP = "1f8b";
    private static final String ZSTD = "28b52ffd";
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream stream;
    private final UnpackLimits limits;

    /** @param stream stays the caller's */
    TarArchive(InputStream stream, UnpackLimits limits) {
        this.stream = stream;
        this.limits = limits;
    }

    /** Shows every file in it to the visitor. */
    void read(EntryVisitor visitor) throws IOException {
        BoundedInputStream packed =
                BoundedInputStream.builder().setInputStream(stream).get();
        UnpackGuard guard = new UnpackGuard(limits, packed::getCount);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                guard.counted(unpacked(new BufferedInputStream(packed, BUFFER_BYTES))), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink()) {
                    continue;
                }
                if (tar.canReadEntryData(entry)) {
                    visitor.entry(entry.getName(), entry.getSize(), () -> CloseShieldInputStream.wrap(tar));
                } else {
                    visitor.unreadable(entry.getName(), "is packed in an unknown way");
                }
                guard.requireHarmless();
            }
            if (guard.unpackedBytes() < SHORTEST) {
                // The reader takes what is too short for a header for the end.
                throw new IOException("it has " + guard.unpackedBytes() + " bytes, a tar archive at least " + SHORTEST);
            }
        }
    }

    private static InputStream unpacked(BufferedInputStream packed) throws IOException {
        packed.mark(MAGIC_BYTES);
        String magic = HexFormat.of().formatHex(packed.readNBytes(MAGIC_BYTES));
        packed.reset();
        if (magic.startsWith(GZIP)) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(packed)
                    .setDecompressConcatenated(true)
                    .get();
        }
        return magic.equals(ZSTD) ? new ZstdCompressorInputStream(packed) : packed;
    }
}
