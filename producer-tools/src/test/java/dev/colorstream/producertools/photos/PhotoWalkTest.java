package dev.colorstream.producertools.photos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoWalkTest {
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16};

    private final Map<String, byte[]> photos = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final List<String> skipped = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void shouldFindPhotosByTheirEndingOrTheirBytes() throws IOException {
        write("a.JPG", JPEG);
        write("b", JPEG);
        write("c.txt", "some words".getBytes(UTF_8));
        write("deep/er/d.png", "no picture at all".getBytes(UTF_8));
        write("e.jpeg", new byte[0]);
        write("f.dat", new byte[0]);

        walk(directory);

        assertThat(photos.keySet()).containsExactly("a.JPG", "b", "deep/er/d.png", "e.jpeg");
        assertThat(skipped).containsExactly("c.txt", "f.dat");
        assertThat(refused).isEmpty();
    }

    @Test
    void shouldReadPhotosOutOfArchives() throws IOException {
        Path zip = zip("album.zip", Map.of("2024/x.jpg", JPEG));

        walk(zip);

        assertThat(photos).containsOnlyKeys("2024/x.jpg");
        assertThat(photos.get("2024/x.jpg")).isEqualTo(JPEG);
    }

    @Test
    void shouldReadAPhotoBehindFourGigabytesOfAnArchive() throws IOException {
        Path zip = directory.resolve("large.zip");
        byte[] zeros = new byte[1 << 24];
        try (SparseFile file = new SparseFile(zip);
                ZipArchiveOutputStream archive = new ZipArchiveOutputStream(file)) {
            archive.setMethod(ZipEntry.STORED);
            archive.putArchiveEntry(new ZipArchiveEntry("film.mov"));
            for (long written = 0; written <= 1L << 32; written += zeros.length) {
                archive.write(zeros);
            }
            archive.closeArchiveEntry();
            archive.putArchiveEntry(new ZipArchiveEntry("x.jpg"));
            archive.write(JPEG);
            archive.closeArchiveEntry();
        }

        walk(zip);

        assertThat(photos).containsOnlyKeys("x.jpg");
        assertThat(photos.get("x.jpg")).isEqualTo(JPEG);
        assertThat(skipped).containsExactly("film.mov");
        assertThat(refused).isEmpty();
    }

    @Test
    void shouldKeepEntriesOfHostileArchivesInTheirFolder() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("../../up.jpg", JPEG);
        entries.put("/top/abs.jpg", JPEG);
        entries.put("good.jpg", JPEG);

        walk(zip("hostile.zip", entries));

        assertThat(photos.keySet()).containsExactly("top/abs.jpg", "good.jpg");
        assertThat(refused).containsOnlyKeys("../../up.jpg");
    }

    @Test
    void shouldGoOnBehindAnArchiveThatIsNone() throws IOException {
        write("a.zip", "not an archive".getBytes(UTF_8));
        write("b.jpg", JPEG);

        walk(directory);

        assertThat(photos).containsOnlyKeys("b.jpg");
        assertThat(refused.values()).singleElement().asString().contains("no archive");
    }

    @Test
    void shouldPassOverWhatMacOsLeavesInArchives() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("x.jpg", JPEG);
        entries.put("__MACOSX/._x.jpg", JPEG);

        walk(zip("mac.zip", entries));

        assertThat(photos).containsOnlyKeys("x.jpg");
        assertThat(skipped).containsExactly("__MACOSX/._x.jpg");
    }

    @Test
    void shouldNotFollowAFolderThatLinksToItself() throws IOException {
        write("album/a.jpg", JPEG);
        Files.createSymbolicLink(directory.resolve("album/loop"), directory.resolve("album"));

        walk(directory);

        assertThat(photos).containsOnlyKeys("album/a.jpg");
    }

    @Test
    void shouldGiveNoTwoPhotosTheSameName() throws IOException {
        write("one/a.jpg", JPEG);
        write("two/a.jpg", JPEG);
        Path zip = zip("one.zip", Map.of("a.jpg", JPEG));

        walk(directory.resolve("one/a.jpg"), directory.resolve("two/a.jpg"), directory.resolve("one"), zip);

        assertThat(photos.keySet()).containsExactly("a.jpg", "a-2.jpg", "one/a.jpg", "one/a-2.jpg");
    }

    @Test
    void shouldReadTarArchivesHoweverTheyArePacked() throws IOException {
        byte[] tar = tar(Map.of("2024/x.jpg", JPEG, "notes.txt", "words".getBytes(UTF_8)));
        write("plain.tar", tar);
        write("gzip.tar.gz", packed(CompressorStreamFactory.GZIP, tar));
        write("zstd.tzst", packed(CompressorStreamFactory.ZSTANDARD, tar));

        walk(directory);

        assertThat(photos.keySet()).containsExactly("gzip/2024/x.jpg", "plain/2024/x.jpg", "zstd/2024/x.jpg");
        assertThat(photos.get("zstd/2024/x.jpg")).isEqualTo(JPEG);
        assertThat(skipped).hasSize(3);
    }

    @Test
    void shouldReadATarArchiveFromStandardInput() throws IOException {
        byte[] packed = packed(CompressorStreamFactory.GZIP, tar(Map.of("x.jpg", JPEG)));

        walk(UnpackLimits.DEFAULT, new ByteArrayInputStream(packed), "-");

        assertThat(photos).containsOnlyKeys("x.jpg");
    }

    @Test
    void shouldSayThatStandardInputIsNoArchive() {
        walk(UnpackLimits.DEFAULT, new ByteArrayInputStream("words, and more of them".getBytes(UTF_8)), "-");

        assertThat(refused).containsOnlyKeys("-");
    }

    @Test
    void shouldTakeWhatATruncatedArchiveHoldsAndSayThatItIsBroken() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("first.jpg", JPEG);
        entries.put("second.jpg", new byte[10_000]);
        byte[] whole = tar(entries);
        write("cut.tar", Arrays.copyOf(whole, 4_000));

        walk(directory.resolve("cut.tar"));

        assertThat(photos).containsOnlyKeys("first.jpg");
        assertThat(refused.keySet()).anyMatch(name -> name.endsWith("cut.tar"));
    }

    @Test
    void shouldRefuseArchivesWithinArchives() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("inner.zip", "anything".getBytes(UTF_8));
        entries.put("a.jpg", JPEG);

        walk(zip("outer.zip", entries));

        assertThat(photos).containsOnlyKeys("a.jpg");
        assertThat(refused.get("inner.zip")).contains("an archive within an archive");
    }

    @Test
    void shouldRefuseAnArchiveThatUnpacksToMuchMoreThanItsSize() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("good.jpg", JPEG);
        entries.put("white.bmp", new byte[2 << 20]);
        entries.put("behind.jpg", JPEG);
        UnpackLimits strict = new UnpackLimits(100, 1 << 20, 1L << 40);
        write("bomb.tar.gz", packed(CompressorStreamFactory.GZIP, tar(entries)));

        walk(
                strict,
                zip("bomb.zip", entries).toString(),
                directory.resolve("bomb.tar.gz").toString());

        assertThat(photos.keySet()).containsExactly("bomb/good.jpg", "bomb/good-2.jpg");
        assertThat(refused.get(directory.resolve("bomb.zip").toString())).contains("more than 100 times its size");
        assertThat(refused.keySet()).contains(directory.resolve("bomb.tar.gz").toString());
    }

    @Test
    void shouldRefuseAnArchiveThatUnpacksToTooMuchAtAll() throws IOException {
        UnpackLimits strict = new UnpackLimits(1000, 1 << 20, 4000);

        walk(strict, zip("big.zip", Map.of("big.bmp", new byte[5000])).toString());

        assertThat(photos).isEmpty();
        assertThat(refused.get(directory.resolve("big.zip").toString())).contains("more than 4000 bytes");
    }

    @Test
    void shouldGoOnBehindADamagedEntryOfAZipArchive() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a.jpg", "0123456789".repeat(20).getBytes(UTF_8));
        entries.put("b.jpg", JPEG);
        Path zip = zip("damaged.zip", entries);
        byte[] bytes = Files.readAllBytes(zip);
        Arrays.fill(bytes, 36, 44, (byte) 0xEE);
        Files.write(zip, bytes);

        walk(zip);

        assertThat(photos).containsOnlyKeys("b.jpg");
        assertThat(refused).containsKey("a.jpg");
    }

    @Test
    void shouldFindWhatAPatternMatches() throws IOException {
        write("scans/a.jpg", JPEG);
        write("scans/deep/b.jpg", JPEG);
        write("scans/deep/c.png", JPEG);

        walk(UnpackLimits.DEFAULT, directory + "/scans/**.jpg");

        assertThat(photos.keySet()).containsExactly("a.jpg", "deep/b.jpg");
    }

    @Test
    void shouldNameTheFolderThatAPatternCannotSearch() throws IOException {
        write("scans/a.jpg", JPEG);
        write("scans/closed/b.jpg", JPEG);
        Path closed = directory.resolve("scans/closed");
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            assumeThat(Files.isReadable(closed))
                    .as("this user reads everything")
                    .isFalse();

            walk(UnpackLimits.DEFAULT, directory + "/scans/*.jpg");
            assertThat(photos).containsOnlyKeys("a.jpg");
            assertThat(refused).isEmpty();

            walk(UnpackLimits.DEFAULT, directory + "/scans/**.jpg");
            assertThat(photos).containsOnlyKeys("a.jpg");
            assertThat(refused).containsOnlyKeys(closed.toString());
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void walk(Path... paths) {
        walk(UnpackLimits.DEFAULT, Stream.of(paths).map(Path::toString).toArray(String[]::new));
    }

    private void walk(UnpackLimits limits, String... arguments) {
        walk(limits, InputStream.nullInputStream(), arguments);
    }

    private void walk(UnpackLimits limits, InputStream standardInput, String... arguments) {
        PhotoVisitor visitor = new PhotoVisitor() {
            @Override
            public void photo(PhotoFile photo) {
                try {
                    photos.put(photo.name(), photo.content().readAllBytes());
                } catch (IOException e) {
                    refused(photo.name(), String.valueOf(e.getMessage()));
                }
            }

            @Override
            public void refused(String name, String reason) {
                refused.put(name, reason);
            }

            @Override
            public void skipped(String name) {
                skipped.add(name);
            }
        };
        new PhotoWalk(visitor, limits)
                .walk(Stream.of(arguments).map(PhotoSource::of).toList(), standardInput);
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, content);
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path file = directory.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    private static byte[] tar(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                TarArchiveEntry header = new TarArchiveEntry(entry.getKey());
                header.setSize(entry.getValue().length);
                tar.putArchiveEntry(header);
                tar.write(entry.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] packed(String kind, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packing = new CompressorStreamFactory().createCompressorOutputStream(kind, bytes)) {
            packing.write(content);
        } catch (CompressorException e) {
            throw new IOException(e);
        }
        return bytes.toByteArray();
    }
}
